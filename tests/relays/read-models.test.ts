import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readModels } from '../../src/relays/read-models';
import { relayMessage } from '../../src/relays/relay-reply';

const read = (status: number, body: unknown, retryAfter: string | null = null) =>
  readModels(
    { status, text: typeof body === 'string' ? body : JSON.stringify(body), retryAfter },
    'relay.example',
    ['sk-secret-key-0001'],
  );

interface Recorded {
  steps: {
    note?: string;
    request: { method: string; path: string };
    response: { status: number; body: unknown };
  }[];
}
const recorded = (name: string): Recorded['steps'] =>
  (
    JSON.parse(readFileSync(new URL(`../fixtures/new-api/${name}.json`, import.meta.url), 'utf8')) as Recorded
  ).steps.filter(({ request }) => request.method === 'GET' && request.path === '/v1/models');

describe('the recorded lists of a real relay', () => {
  test.each(recorded('models-by-key').map((step) => [step.note ?? '', step] as const))(
    '%s',
    (_note, { response }) => {
      const { data = [] } = response.body as { data?: { id: string }[] };
      const names = data.map(({ id }) => id);
      const refused = response.status === 401 ? 'relay-key-refused' : 'relay-empty';
      expect(read(response.status, response.body)).toMatchObject(
        names.length > 0 ? { ok: true, value: names } : { ok: false, failure: { code: refused } },
      );
    },
  );

  test.each(recorded('key-refusals').map((step) => [step.note ?? '', step] as const))(
    '%s',
    (_note, { response }) => {
      const code = { 200: undefined, 401: 'relay-key-refused', 403: 'relay-forbidden' }[response.status];
      const names = read(response.status, response.body);
      expect(names.ok ? undefined : names.failure.code).toBe(code);
    },
  );
});

test('names are taken once, trimmed, in the order of the relay, from every known shape', () => {
  const names = ['b', 'a'];
  expect(read(200, { object: 'list', data: [{ id: 'b' }, { id: ' a ' }, { id: 'b' }, { id: '' }] })).toEqual({
    ok: true,
    value: names,
  });
  expect(read(200, { success: true, data: [{ id: 'b' }, { id: 'a' }] })).toEqual({ ok: true, value: names });
  expect(read(200, { data: ['b', 'a'] })).toEqual({ ok: true, value: names });
});

test.each<[string, number, unknown, string]>([
  ['empty', 200, { data: [] }, 'relay-empty'],
  ['null', 200, { data: null }, 'relay-empty'],
  ['blank names', 200, { data: [{ id: ' ' }] }, 'relay-empty'],
  ['a refusal with a 200', 200, { success: false, message: 'no rights' }, 'relay-refusal'],
  ['a refusal with other data', 200, { success: false, message: 'no rights', data: {} }, 'relay-refusal'],
  ['an error with a 200', 200, { error: { message: 'x' } }, 'relay-shape'],
  ['another shape', 200, { models: [] }, 'relay-shape'],
  ['items without id', 200, { data: [{ name: 'a' }] }, 'relay-shape'],
  ['a page', 200, '  <!doctype html>', 'relay-html'],
  ['text', 200, 'hello', 'relay-not-json'],
  ['cut off', 200, '{"data":[{"id":"a"', 'relay-not-json'],
  ['401', 401, { error: { message: 'Invalid token' } }, 'relay-key-refused'],
  ['402', 402, {}, 'relay-no-balance'],
  ['403', 403, { error: { message: 'no group' } }, 'relay-forbidden'],
  ['403 with a challenge page', 403, '<html>Just a moment...</html>', 'relay-html'],
  ['404', 404, '404 page not found', 'relay-not-found'],
  ['429', 429, '', 'relay-rate-limited'],
  ['500', 500, '', 'relay-error'],
  ['503', 503, '<html>', 'relay-error'],
  ['418', 418, '', 'relay-error'],
])('%s is never an empty list', (_name, status, body, code) => {
  expect(read(status, body)).toMatchObject({ ok: false, failure: { code } });
});

test('a rate limit says how long to wait, if the relay does', () => {
  expect(read(429, '', '60')).toMatchObject({ failure: { seconds: 60 } });
  expect(read(429, '', null)).toMatchObject({ failure: { seconds: 0 } });
  expect(read(429, '', 'Wed, 21 Oct 2026 07:28:00 GMT')).toMatchObject({ failure: { seconds: 0 } });
});

test('the words of the relay come without the key', () => {
  const answer = read(403, { error: { message: 'key sk-secret-key-0001 has no access' } });
  expect(answer).toMatchObject({ failure: { code: 'relay-forbidden', text: 'key … has no access' } });
  expect([
    relayMessage('{"error":"a"}'),
    relayMessage('{"message":"b"}'),
    relayMessage('<html>'),
    relayMessage('[]'),
  ]).toEqual(['a', 'b', undefined, undefined]);
});
