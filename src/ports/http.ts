import type { Result } from '../core/failures/result';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  url: string;
  headers?: Record<string, string>;
  body?: string | undefined;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface HttpReply {
  status: number;
  text: string;
  header(name: string): string | null;
}

/**
 * Why there is no reply. `unreachable` covers refused connections, DNS and TLS, which a browser does not distinguish.
 */
export type NoReply =
  | { code: 'unreachable'; host: string }
  /** The answer began and broke off. */
  | { code: 'cut-short'; host: string }
  | { code: 'timeout'; host: string; seconds: number }
  | { code: 'redirected'; host: string }
  | { code: 'too-large'; host: string }
  | { code: 'cancelled' };

/** Sends one request. Never follows a redirect (it could carry a key elsewhere), sends no cookies, caches nothing. */
export interface Http {
  send(request: HttpRequest): Promise<Result<HttpReply, NoReply>>;
}
