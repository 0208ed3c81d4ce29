import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readScenarios } from '../replay/scenario';
import { classifyReply } from '../../src/targets/cliproxyapi/classify-reply';

interface Step {
  note?: string;
  request: { method: string; path: string };
  response: { status: number; headers?: Record<string, string | string[]>; body?: unknown };
}
const NOW = 1_800_000_000_000;

function classify(status: number, body: unknown, headers: Record<string, string> = {}, refusals = 0) {
  const text =
    body === undefined || body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const reply = { status, text, header: (name: string) => headers[name.toLowerCase()] ?? null };
  return classifyReply(reply, { host: 'localhost:8317', now: NOW, refusals, secrets: ['mk-secret-0001'] });
}

/** Every management answer of a recorded scenario, by what it was and what it must be called. */
function recorded(name: string): [string, Step['response']][] {
  const text = readFileSync(new URL(`../fixtures/cliproxyapi/${name}.json`, import.meta.url), 'utf8');
  const { steps } = JSON.parse(text.replaceAll(/Try again in \{\{\w+\}\}/g, 'Try again in 29m58s')) as {
    steps: Step[];
  };
  return steps
    .filter(({ request }) => request.path.startsWith('/v0/management') && request.method !== 'OPTIONS')
    .map(({ note, request, response }) => [`${request.method} ${request.path} ${note ?? ''}`, response]);
}

const ERRORS: Record<string, string> = {
  'missing management key': 'key-not-received',
  'invalid management key': 'key-refused',
  'remote management disabled': 'remote-disabled',
  'item not found': 'item-gone',
};

describe.each([
  'access/auth-rejected',
  'access/auth-key-transports',
  'access/auth-ban',
  'access/auth-ban-per-address',
  'access/auth-ban-by-unknown-paths',
  'access/management-off',
  'access/not-found',
  'access/remote-disabled',
  'access/remote-allowed',
  'writes/put-invalid-bodies',
  'writes/put-weight-limits',
  'writes/patch-target',
  'writes/delete',
  'access/trailing-slash',
  'requests/api-call-errors',
  'access/version-headers',
  'access/safe-mode-template-keys',
])('the recorded answers of %s', (name) => {
  test.each(recorded(name))('%s', (_step, { status, body, headers }) => {
    const texts = Object.fromEntries(
      Object.entries(headers ?? {}).map(([key, value]) => [key.toLowerCase(), String(value)]),
    );
    const error = (body as { error?: string } | null | undefined)?.error ?? '';
    const ours = texts['x-cpa-version'] || String(body).startsWith('404 page');
    const expected = (): string | undefined => {
      if (status >= 200 && status < 300) return undefined;
      if (error.startsWith('IP banned')) return 'banned';
      if (ERRORS[error]) return ERRORS[error];
      if (status === 404) return ours ? 'feature-missing' : 'management-off';
      return status >= 500 ? 'server-error' : 'rejected';
    };
    expect(classify(status, body, texts)?.code).toBe(expected());
  });
});

test.each([
  ['29m58s', 29 * 60 + 58],
  ['30m0s', 1800],
  ['45s', 45],
  ['1h0m5s', 3605],
])('a ban for %s ends then', (wait, seconds) => {
  const error = `IP banned due to too many failed attempts. Try again in ${wait}`;
  expect(classify(403, { error })).toEqual({ code: 'banned', until: NOW + seconds * 1000 });
});

test('a ban in other words still lasts half an hour', () => {
  for (const error of ['IP banned', 'IP banned due to too many failed attempts. Try again in a while'])
    expect(classify(403, { error })).toEqual({ code: 'banned', until: NOW + 1_800_000 });
});

test('the tries that are left are counted down from five, and never below none', () => {
  const left = (refusals: number) => classify(401, { error: 'invalid management key' }, {}, refusals);
  expect([0, 1, 4, 9].map(left)).toEqual(
    [4, 3, 0, 0].map((triesLeft) => ({ code: 'key-refused', triesLeft })),
  );
});

test('refusals of something in between are told from those of the proxy', () => {
  expect(classify(401, 'Unauthorized')).toEqual({ code: 'forbidden', status: 401, text: 'Unauthorized' });
  expect(classify(403, '<html>')).toMatchObject({ code: 'forbidden', status: 403 });
  expect(classify(403, { error: 'remote management key not set' })).toEqual({ code: 'key-not-set' });
});

test('the three kinds of 404 are told apart', () => {
  expect(classify(404, '')).toEqual({ code: 'management-off', host: 'localhost:8317' });
  expect(classify(404, '', { 'x-cpa-version': '7.2.140' })).toMatchObject({ code: 'feature-missing' });
  expect(classify(404, '404 page not found')).toMatchObject({ code: 'feature-missing' });
  expect(classify(404, { error: 'item not found' }, { 'x-cpa-version': '7.2.140' })).toEqual({
    code: 'item-gone',
  });
});

test('a failed save is told from other errors of the server', () => {
  expect(
    classify(500, { error: 'failed to save config: open config.yaml: permission denied' }),
  ).toMatchObject({ code: 'save-failed' });
  expect(classify(500, { error: 'boom' })).toEqual({
    code: 'server-error',
    host: 'localhost:8317',
    status: 500,
  });
  expect(classify(502, '<html>')).toMatchObject({ code: 'server-error', status: 502 });
});

test('what the server says comes without the management key', () => {
  expect(classify(400, { error: 'bad mk-secret-0001' })).toEqual({
    code: 'rejected',
    status: 400,
    text: 'bad …',
  });
});

describe('what 8.x has against its configuration', () => {
  const refuse = new URL('../fixtures/cliproxyapi-v8/refuse', import.meta.url).pathname;
  const refusals = readScenarios(refuse).flatMap(({ steps }) =>
    steps.flatMap(({ response: { status, body } }) =>
      status < 500 && JSON.stringify(body)?.includes('"invalid_config"') ? [[status, body] as const] : [],
    ),
  );

  test('is told by a name or a place in every recorded refusal, and nothing else of its words', () => {
    expect(refusals.length).toBeGreaterThan(20);
    for (const [status, body] of refusals) {
      const failure = classify(status, body);
      expect(['file-field', 'file-refused']).toContain(failure?.code);
      expect(JSON.stringify(failure)).not.toMatch(/unmarshal|line \d|must|sk-/);
    }
  });

  test.each([
    [
      'yaml: unmarshal errors:\n  line 9: field test-model not found in type config.OpenAICompatibility',
      { code: 'file-field', field: 'test-model', family: 'openai-compatibility' },
    ],
    [
      'yaml: unmarshal errors:\n  line 9: field zero_allowed not found in type registry.ThinkingSupport',
      { code: 'file-field', field: 'zero_allowed', family: 'api-keys' },
    ],
    [
      'api-keys.claude: unsupported group field note',
      { code: 'file-field', field: 'note', family: 'claude' },
    ],
    ['api-keys.codex[2].keys must be a list', { code: 'file-refused', place: 'api-keys.codex[2].keys' }],
    ['unknown API-key provider kimi', { code: 'file-refused', place: 'kimi' }],
    [
      'parse config payload: line 3: cannot unmarshal !!str `sk-fakeKey0000000000000001` into int',
      { code: 'file-refused', place: 'api-keys' },
    ],
  ])('%s', (message, failure) => {
    expect(classify(422, { error: 'invalid_config', message })).toEqual(failure);
  });

  test('is told of a file that it cannot even show, unless that is broken', () => {
    const message = 'api-keys.codex[0].keys must be a list';
    expect(classify(500, { error: 'invalid_config', message })).toEqual({
      code: 'file-refused',
      place: 'api-keys.codex[0].keys',
    });
    for (const body of [{ error: 'invalid_config', message: 'yaml: line 3: x' }, { error: 'read_failed' }])
      expect(classify(500, body)).toMatchObject({ code: 'server-error', status: 500 });
  });

  test('is not shown where the name of the field is a key', () => {
    const key = 'sk-fakeKey0000000000000000000000000000000001';
    const message = `line 9: field ${key} not found in type config.CodexKey`;
    expect(JSON.stringify(classify(400, { error: 'invalid_config', message }))).not.toContain(key);
  });
});
