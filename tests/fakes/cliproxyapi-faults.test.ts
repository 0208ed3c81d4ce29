import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startCliproxyapi,
  type CliproxyapiOptions,
  type FakeCliproxyapi,
  type JsonObject,
} from './cliproxyapi.ts';

const LIST = '/v0/management/openai-compatibility';
const provider = (name: string, more: JsonObject = {}): JsonObject => ({
  name,
  'base-url': `https://${name}.example/v1`,
  'api-key-entries': [{ 'api-key': `sk-test-${name}` }],
  models: [{ name: 'm', alias: `${name}-m` }],
  ...more,
});

let fake: FakeCliproxyapi;

async function start(options: CliproxyapiOptions = {}): Promise<void> {
  await fake?.stop();
  fake = await startCliproxyapi({ providers: [provider('old')], reloadDelayMs: 1, ...options });
}

async function call(method: string, path: string, body?: unknown, key = fake.managementKey) {
  const headers = { Authorization: `Bearer ${key}` };
  const text = body === undefined ? undefined : JSON.stringify(body);
  return read(await fetch(fake.origin + path, { method, headers, body: text }));
}

async function read(response: Response) {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as JsonObject,
  };
}

async function write(...names: string[]) {
  const answer = await call(
    'PUT',
    LIST,
    names.map((name) => provider(name)),
  );
  await fake.settled();
  return answer;
}

const names = (list: JsonObject[]): unknown[] => list.map(({ name }) => name);

async function served(): Promise<string[]> {
  const { json } = await call('GET', '/v1/models', undefined, fake.proxyKeys[0]);
  return (json()['data'] as { id: string }[]).map(({ id }) => id);
}

beforeEach(() => start());
afterEach(() => fake.stop());

describe('a write that a reload reverts', () => {
  beforeEach(async () => {
    fake.faults.revertNextWrites = 1;
    expect((await write('old', 'new')).status).toBe(200);
  });

  test('is in the file and nowhere else', async () => {
    expect(names(fake.lists['openai-compatibility'])).toEqual(['old']);
    expect(names(fake.savedLists['openai-compatibility'])).toEqual(['old', 'new']);
    expect(await served()).toEqual(['old-m']);
  });

  test('is stored and not served when it is written again', async () => {
    await write('old', 'new');
    expect(names(fake.lists['openai-compatibility'])).toEqual(['old', 'new']);
    expect(await served()).toEqual(['old-m']);
  });

  test('is healed by another list in between', async () => {
    await write('old');
    await write('old', 'new');
    expect(await served()).toEqual(['old-m', 'new-m']);
  });

  test('is lost from the file with the next write of anybody', async () => {
    await call('PUT', '/v0/management/debug', { value: true });
    expect(names(fake.savedLists['openai-compatibility'])).toEqual(['old']);
  });
});

describe('the collapse of the configuration', () => {
  test('takes management away and opens the proxy until a restart', async () => {
    fake.faults.collapse = true;
    const answer = await call('GET', LIST);
    expect([answer.status, answer.headers.get('x-cpa-version'), answer.text]).toEqual([404, null, '']);
    expect((await call('GET', '/v1/models', undefined, 'none')).json()).toEqual({ object: 'list', data: [] });
    fake.faults.collapse = false;
    expect(await served()).toEqual(['old-m']);
    expect((await call('GET', '/v1/models', undefined, 'none')).status).toBe(401);
  });

  test('shows empty lists with a password, and the next write erases the file', async () => {
    fake.faults.collapseWithPassword = true;
    expect((await call('GET', '/v0/management/api-keys')).json()).toEqual({ 'api-keys': null });
    expect((await call('GET', LIST)).json()).toEqual({ 'openai-compatibility': [] });
    expect(names(fake.savedLists['openai-compatibility'])).toEqual(['old']);
    await call('PUT', '/v0/management/codex-api-key', []);
    expect(fake.savedLists['openai-compatibility']).toEqual([]);
  });
});

test('a failed save answers 500 with memory changed, and the next write saves it', async () => {
  fake.faults.failSave = 1;
  const answer = await write('old', 'new');
  expect([answer.status, answer.json()['error']]).toEqual([
    500,
    expect.stringMatching(/^failed to save config: /),
  ]);
  expect(names(fake.lists['openai-compatibility'])).toEqual(['old', 'new']);
  expect(await served()).toEqual(['old-m']);
  await call('PUT', '/v0/management/debug', { value: true });
  await fake.settled();
  expect(await served()).toEqual(['old-m', 'new-m']);
});

describe('connections', () => {
  test('close after a write that was performed', async () => {
    fake.faults.dropAfterWrite = 1;
    await expect(write('new')).rejects.toThrow('fetch failed');
    await fake.settled();
    expect(await served()).toEqual(['new-m']);
  });

  test('close before a write that then is not performed', async () => {
    fake.faults.dropBeforeWrite = 1;
    await expect(write('new')).rejects.toThrow('fetch failed');
    expect(names(fake.lists['openai-compatibility'])).toEqual(['old']);
    expect((await write('new')).status).toBe(200);
  });

  test('hang, and are closed by a stop', async () => {
    fake.faults.hang = ({ path }) => path === LIST;
    const hanging = call('GET', LIST);
    await expect(Promise.race([hanging, call('GET', '/healthz').then(({ text }) => text)])).resolves.toBe(
      '{"status":"ok"}',
    );
    const closed = expect(hanging).rejects.toThrow('fetch failed');
    await fake.stop();
    await closed;
  });
});

test.each(['html', 'json', 'shape'] as const)('malformed: %s', async (kind) => {
  fake.faults.malformed = kind;
  for (const path of [LIST, '/v0/management/config']) {
    const { status, text } = await call('GET', path);
    expect(status).toBe(200);
    if (kind === 'shape') expect(text).not.toContain('[');
    else expect(() => JSON.parse(text) as unknown).toThrow();
  }
  expect((await call('GET', '/v0/management/api-keys')).json()).toEqual({ 'api-keys': fake.proxyKeys });
});

test('a registry that takes nothing new', async () => {
  fake.faults.neverServe = true;
  await write('old', 'new');
  expect(names(fake.lists['openai-compatibility'])).toEqual(['old', 'new']);
  expect(await served()).toEqual(['old-m']);
  await write('new');
  expect(await served()).toEqual([]);
});

test('another client writes between a check and a write', async () => {
  fake.faults.beforeWrite = async (method) => {
    fake.faults.beforeWrite = null;
    expect(method).toBe('PATCH');
    await fake.setLists('openai-compatibility', [provider('other'), provider('old')]);
  };
  await call('PATCH', LIST, { name: 'old', value: { prefix: 'p' } });
  await fake.settled();
  expect(await served()).toEqual(['other-m', 'old-m', 'p/old-m']);
});

test('something else answers, late', async () => {
  fake.faults.delayMs = () => 20;
  fake.faults.answer = (method) =>
    method === 'GET' ? { status: 429, headers: { 'Retry-After': '3' } } : undefined;
  const answer = await call('GET', LIST);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
});

test('the log tells requests apart and keeps no key', async () => {
  await call('GET', LIST);
  await call('DELETE', '/v0/management/codex-api-key?api-key=sk-test-secret&base-url=x');
  expect(fake.requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    `GET ${LIST} 200`,
    'DELETE /v0/management/codex-api-key?api-key=***&base-url=x 200',
  ]);
});

describe('other versions', () => {
  test('before 6.9.39 a provider that shall be off goes live', async () => {
    await start({ version: '6.9.38', providers: [provider('off', { disabled: true })] });
    expect((await call('GET', LIST)).json()).not.toHaveProperty('openai-compatibility.0.disabled');
    expect(await served()).toEqual(['off-m']);
  });

  test('builds without a number are new', async () => {
    await start({ version: 'dev', providers: [provider('off', { disabled: true })] });
    const answer = await call('GET', LIST);
    expect(answer.headers.get('x-cpa-version')).toBe('dev');
    expect(await served()).toEqual([]);
  });
});
