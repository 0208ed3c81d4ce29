import type { Call, Reply } from './types';

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';
const WEB_UI =
  '<!doctype html><html><head><title>relay web ui</title></head><body><div id="root"></div></body></html>\n';

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});

export const empty = (status: number, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: '',
});

export const html = (status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': HTML_TYPE, ...headers },
  body,
});

export const webUi = (): Reply => html(200, WEB_UI, { 'cache-control': 'no-cache' });

/** The dashboard's envelope. Refusals come with 200 as well. */
export const success = (data: unknown): Reply => json(200, { data, message: '', success: true });
export const done = (): Reply => json(200, { message: '', success: true });
export const refuse = (message: string, status = 200): Reply => json(status, { message, success: false });
export const notFound = (): Reply => refuse('record not found');

/** A refusal of the relay routes. */
export const relayError = (call: Call, status: number, message: string, code = ''): Reply =>
  json(status, {
    error: { code, message: `${message} (request id: ${call.requestId})`, type: 'new_api_error' },
  });

export const invalidUrl = (call: Call): Reply =>
  json(
    404,
    {
      error: {
        message: `Invalid URL (${call.method} ${call.path})`,
        type: 'invalid_request_error',
        param: '',
        code: '',
      },
    },
    { 'cache-control': 'max-age=604800' },
  );

export const withHeaders = (reply: Reply, headers: Record<string, string>): Reply => ({
  ...reply,
  headers: { ...reply.headers, ...headers },
});
