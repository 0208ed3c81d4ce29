import type { IncomingMessage } from 'node:http';
import { json, ok, type Reply, type Request } from './reply.ts';
import type { Abilities } from './management/versions.ts';

const EXPOSED =
  'X-CPA-TRACE-ID, X-CPA-VERSION, X-CPA-COMMIT, X-CPA-BUILD-DATE, X-CPA-SUPPORT-PLUGIN, X-CPA-HOME-VERSION, ' +
  'X-CPA-HOME-BUILD-DATE, X-SERVER-VERSION, X-SERVER-BUILD-DATE, Location, Retry-After, X-Request-Id, ' +
  'OpenAI-Request-Id';
const TEMPLATE_KEYS = ['your-api-key-1', 'your-api-key-2', 'your-api-key-3'];

export function corsHeaders(abilities: Abilities): Record<string, string> {
  const headers = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': '*',
  };
  return abilities.exposesHeaders ? { ...headers, 'Access-Control-Expose-Headers': EXPOSED } : headers;
}

/** With the proxy keys of the example configuration, the proxy refuses to work. */
export const inSafeMode = (keys: readonly string[] | null): boolean =>
  keys?.some((key) => TEMPLATE_KEYS.includes(key)) ?? false;

export function rootPage(keys: readonly string[] | null): Reply {
  if (inSafeMode(keys)) {
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
    return { status: 200, headers, body: '<!doctype html><title>Example API key detected</title>' };
  }
  const endpoints = ['POST /v1/chat/completions', 'POST /v1/completions', 'GET /v1/models'];
  return ok({ endpoints, message: 'CLI Proxy API Server' });
}

export function safeModeRefusal(): Reply {
  const message =
    'Proxy API endpoints are disabled because api-keys contains template values. ' +
    'Open /management.html?safe-mode=configure, update api-keys in Management, then retry.';
  return json(403, { error: 'unsafe_example_api_key', message }, { 'X-CPA-SAFE-MODE': 'example-api-key' });
}

export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', url = '/', headers } = incoming;
  const [path = '/', search = ''] = url.split(/\?(.*)/s);
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const remoteAddress = incoming.socket.remoteAddress ?? '';
  return { method, path, query: new URLSearchParams(search), headers, body, remoteAddress };
}

/** Key texts do not belong in a log. */
export function masked(url: string): string {
  return url.replace(/([?&][^=&]*(?:key|token|secret)[^=&]*=)[^&]*/gi, '$1***');
}
