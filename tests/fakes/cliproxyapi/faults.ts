import type { ServerClock } from '../clock.ts';
import { FAMILIES } from './management/lists-table.ts';
import type { Reply } from './reply.ts';
import type { CannedAnswer, Faults } from './types.ts';

/** For a connection that gets no answer: left open, or closed. */
export type Silence = 'hang' | 'drop';

const WRITES = new Set(['PUT', 'PATCH', 'DELETE']);

export const isWrite = (method: string): boolean => WRITES.has(method);

/** What happens to a request before it is looked at. */
export async function onArrival(
  clock: ServerClock,
  faults: Faults,
  method: string,
  path: string,
): Promise<Silence | Reply | undefined> {
  await faults.onRequest?.(method, path);
  const delay = faults.delayMs?.(method, path) ?? 0;
  if (delay > 0) await clock.sleep(delay);
  if (faults.hang?.({ method, path })) return 'hang';
  const canned = faults.answer?.(method, path);
  return canned && cannedReply(canned);
}

function cannedReply({ status, headers, body }: CannedAnswer): Reply {
  const isText = typeof body === 'string';
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  return {
    status,
    headers: { 'Content-Type': type, ...headers },
    body: isText || body === undefined ? body : JSON.stringify(body),
  };
}

/** Takes one from a counter, if it has any. */
export function takeOne(faults: Faults, counter: 'dropAfterWrite' | 'dropBeforeWrite'): boolean {
  if (faults[counter] <= 0) return false;
  faults[counter]--;
  return true;
}

/** Replaces the answer of `GET /config` and of the lists by something that is not what a client expects. */
export function malformed(faults: Faults, method: string, endpoint: string): Reply | undefined {
  const ofV8 = endpoint.startsWith('config/');
  const affected = endpoint === 'config' || ofV8 || (FAMILIES as readonly string[]).includes(endpoint);
  if (faults.malformed === null || method !== 'GET' || !affected) return undefined;
  const json = 'application/json; charset=utf-8';
  switch (faults.malformed) {
    case 'html':
      return {
        status: 200,
        headers: { 'Content-Type': 'text/html' },
        body: '<!doctype html><title>Welcome</title>',
      };
    case 'json':
      return { status: 200, headers: { 'Content-Type': json }, body: `{"${endpoint}":[{"name":"cut o` };
    case 'shape': {
      const wrong =
        endpoint === 'config' || ofV8 ? { 'openai-compatibility': { name: 1 } } : { [endpoint]: 'none' };
      return { status: 200, headers: { 'Content-Type': json }, body: JSON.stringify(wrong) };
    }
  }
}
