import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** A request with its body read. */
export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  remoteAddress: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** Writes the body itself, after the headers. */
  stream?: (response: ServerResponse) => Promise<void>;
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'Content-Type': JSON_TYPE, ...headers }, body: toJson(value) };
}

export const ok = (value: unknown): Reply => json(200, value);
export const refused = (status: number, error: string): Reply => json(status, { error });
export const empty = (status: number): Reply => ({ status });

/** The server's encoder escapes what could end a script element. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}

export async function send(response: ServerResponse, reply: Reply, method: string): Promise<void> {
  const body = reply.body ?? '';
  const headers: Record<string, string | number> = { ...reply.headers };
  if (!reply.stream) headers['Content-Length'] = Buffer.byteLength(body);
  // The answer to HEAD /healthz has no type.
  if (method === 'HEAD' && reply.status === 200) delete headers['Content-Type'];
  response.writeHead(reply.status, headers);
  if (reply.stream) await reply.stream(response);
  response.end(method === 'HEAD' || reply.stream ? undefined : body);
}
