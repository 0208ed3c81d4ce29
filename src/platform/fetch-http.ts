import { fail, ok, type Result } from '../core/failures/result';
import type { Http, HttpReply, HttpRequest, NoReply } from '../ports/http';

/** The largest real reply (60,000 models) has 5 MB. */
const MAX_BYTES = 24 * 1024 * 1024;

/**
 * HTTP over `fetch`, without redirects, cache, cookies or referrer. Never throws: what went wrong is in the result.
 */
export const fetchHttp: Http = {
  async send(request) {
    const host = new URL(request.url).host;
    const timeout = AbortSignal.timeout(request.timeoutMs);
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
    let response: Response | undefined;
    try {
      response = await fetch(request.url, {
        method: request.method,
        ...(request.headers && { headers: request.headers }),
        ...(request.body !== undefined && { body: request.body }),
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal,
      });
      if (response.type === 'opaqueredirect' || isRedirect(response.status))
        return fail({ code: 'redirected', host });
      return await readReply(response, host);
    } catch {
      return fail(whyNot(request, timeout, host, response !== undefined));
    }
  },
};

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

function whyNot(request: HttpRequest, timeout: AbortSignal, host: string, began: boolean): NoReply {
  if (request.signal?.aborted) return { code: 'cancelled' };
  if (timeout.aborted) return { code: 'timeout', host, seconds: Math.round(request.timeoutMs / 1000) };
  return { code: began ? 'cut-short' : 'unreachable', host };
}

async function readReply(response: Response, host: string): Promise<Result<HttpReply, NoReply>> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > MAX_BYTES) {
      // Not awaited: a server that keeps sending must not hold us up.
      void reader.cancel().catch(() => undefined);
      return fail({ code: 'too-large', host });
    }
    text += decoder.decode(value, { stream: true });
  }
  text += decoder.decode();
  return ok({ status: response.status, text, header: (name) => response.headers.get(name) });
}
