import { hostOf } from '../core/base-url';
import { fail, ok, type Result } from '../core/failures/result';
import type { Http, HttpRequest } from '../ports/http';
import { noRelayReply, type RelayAnswer } from './relay-reply';

const TIMEOUT_MS = 10_000;

/** A site, and how to sign in there. */
export interface Site {
  siteUrl: string;
  /** Sent with every request that is not open. */
  headers: Record<string, string>;
  /** Never shown, whatever the server says. */
  secrets: readonly string[];
  /** Ends every request that has no signal of its own. */
  signal?: AbortSignal | undefined;
}

export interface Ask {
  method?: HttpRequest['method'];
  path: string;
  body?: unknown;
  /** Public: sent without any credential. */
  open?: boolean;
  signal?: AbortSignal | undefined;
  /** For calls during which the site itself asks somebody else. */
  timeoutMs?: number;
}

export interface Answer extends RelayAnswer {
  host: string;
  header(name: string): string | null;
}

/** Sends one request to a site's own API. The answer is not judged yet: any status, any text. */
export async function ask(http: Http, site: Site, request: Ask): Promise<Result<Answer>> {
  const host = hostOf(site.siteUrl);
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const reply = await http.send({
    method: request.method ?? 'GET',
    // New API answers a doubled slash with its web page (v1.0.0-lab.20260728, fixture new-api/html-and-redirects).
    url: site.siteUrl.replace(/\/+$/, '') + request.path,
    headers: {
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(!request.open && site.headers),
    },
    body,
    timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
    signal: request.signal ?? site.signal,
  });
  if (!reply.ok) return fail(noRelayReply(reply.failure));
  const { status, text, header } = reply.value;
  return ok({ status, text, header, retryAfter: header('retry-after'), host });
}
