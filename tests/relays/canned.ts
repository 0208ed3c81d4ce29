import type { Http, HttpRequest } from '../../src/ports/http';

export interface CannedAnswer {
  status?: number;
  text?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** An `Http` that answers with what is made for a request, and remembers what was asked. */
export function cannedHttp(answer: (request: HttpRequest, url: URL) => CannedAnswer): {
  http: Http;
  asked: HttpRequest[];
} {
  const asked: HttpRequest[] = [];
  const send: Http['send'] = async (request) => {
    asked.push(request);
    const {
      status = 200,
      body,
      text = JSON.stringify(body),
      headers = {},
    } = answer(request, new URL(request.url));
    return { ok: true, value: { status, text, header: (name) => headers[name] ?? null } };
  };
  return { http: { send }, asked };
}

export const success = (data: unknown): CannedAnswer => ({ body: { success: true, message: '', data } });

/** A key as the New API family lists it. */
export const listedToken = (id: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  user_id: 2,
  name: `key ${id}`,
  key: 'Labk**********0001',
  status: 1,
  expired_time: -1,
  remain_quota: 0,
  used_quota: 0,
  unlimited_quota: true,
  group: '',
  ...more,
});
