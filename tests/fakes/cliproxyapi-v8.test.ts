import { afterEach, describe, expect, test } from 'vitest';
import {
  startCliproxyapi,
  type CliproxyapiOptions,
  type FakeCliproxyapi,
  type JsonObject,
} from './cliproxyapi.ts';

const KEYS = '/v8/management/config/api-keys';
const V0_CODEX = '/v0/management/codex-api-key';
const CODEX = [{ 'api-key': 'sk-fake-1', 'base-url': 'https://codex.example/v1' }];
const group = (name: string, ...keys: string[]): JsonObject => ({
  name,
  'base-url': 'https://codex.example/v1',
  keys: keys.map((key) => ({ 'api-key': key })),
});

let fake: FakeCliproxyapi;

async function start(options: CliproxyapiOptions): Promise<void> {
  fake = await startCliproxyapi({ reloadDelayMs: 1, ...options });
}

async function call(method: string, path: string, body?: unknown, more: Record<string, string> = {}) {
  const headers = { Authorization: `Bearer ${fake.managementKey}`, ...more };
  const response = await fetch(fake.origin + path, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  await fake.settled();
  const json = (): JsonObject => JSON.parse(text) as JsonObject;
  return { status: response.status, headers: response.headers, text, json };
}

const write = (...groups: JsonObject[]) => call('PATCH', KEYS, { codex: groups });

/** The keys in the file, as v8 shows them. */
async function onDisk(): Promise<string[]> {
  const groups = ((await call('GET', KEYS)).json()['codex'] ?? []) as { keys: { 'api-key': string }[] }[];
  return groups.flatMap(({ keys }) => keys.map((key) => key['api-key']));
}

/** The keys in memory, as v0 shows them. */
async function inMemory(): Promise<unknown[]> {
  const list = (await call('GET', V0_CODEX)).json()['codex-api-key'] as JsonObject[];
  return list.map((entry) => entry['api-key']);
}

const rootNames = (text: string): string[] => [...text.matchAll(/^([\w-]+):/gm)].map(([, name]) => name!);

afterEach(() => fake.stop());

describe('what it is started with', () => {
  test('7.2, if nothing else is said: there is no /v8 and no text of the file', async () => {
    await start({});
    expect((await call('GET', '/v8/management/config')).status).toBe(404);
    expect((await call('GET', '/v0/management/config.yaml')).status).toBe(404);
  });

  test('a build without a number is 8.x where the options are', async () => {
    await start({ version: 'dev', layout: 'old' });
    const { text, headers } = await call('GET', '/v8/management/config/config-version');
    expect([text, headers.get('x-cpa-version')]).toEqual(['8', 'dev']);
  });

  test.each([
    ['old', ['host', 'api-keys', 'codex-api-key'], ['config-version', 'server', 'routing']],
    ['new', ['server', 'api-keys', 'config-version'], ['host', 'codex-api-key']],
    ['mixed', ['host', 'routing', 'codex-api-key'], ['config-version', 'server']],
  ] as const)('the layout %s; all show the same key', async (layout, there, absent) => {
    await start({ version: '8.0.20', layout, lists: { 'codex-api-key': CODEX } });
    const names = rootNames(fake.file);
    expect(names).toEqual(expect.arrayContaining([...there]));
    expect(absent.filter((name) => names.includes(name))).toEqual([]);
    expect([await onDisk(), await inMemory()]).toEqual([['sk-fake-1'], ['sk-fake-1']]);
  });

  test('lists as v0 tells them, which v8 can write again', async () => {
    const models = [{ name: 'm', alias: 'a', thinking: { zero_allowed: true } }];
    await start({ layout: 'new', lists: { 'codex-api-key': [{ ...CODEX[0], models }] } });
    expect(fake.lists['codex-api-key']).toMatchObject([{ models }]);
    expect((await call('PATCH', KEYS, { claude: [] })).status).toBe(200);
  });

  test('a whole file, and the secret in it is hashed', async () => {
    await start({ file: 'remote-management:\n  secret-key: plain # mine\napi-keys: [a]\n' });
    expect(fake.file).toMatch(
      /^remote-management:\n {2}secret-key: "\$2a\$10\$\S{53}" # mine\napi-keys: \[a\]\n$/,
    );
    expect(fake.config()['api-keys']).toEqual(['a']);
  });
});

describe('an early 8.0.x', () => {
  test('shows no auth_index', async () => {
    await start({ stage: 'a', lists: { 'codex-api-key': CODEX } });
    const { text } = await call('GET', KEYS);
    expect(text).toContain('sk-fake-1');
    expect(text).not.toContain('auth_index');
    await fake.stop();
    await start({ stage: 'b', lists: { 'codex-api-key': CODEX } });
    expect((await call('GET', KEYS)).text).toContain('auth_index');
  });

  test('adds its defaults on a write, and gives a setting without a value its own', async () => {
    await start({ stage: 'a' });
    await call('PATCH', '/v8/management/config/requests', { 'proxy-url': null });
    const { credentials, requests, routing } = (await call('GET', '/v8/management/config')).json();
    expect(credentials).toMatchObject({ concurrency: { 'max-limit': 1_000_000 } });
    expect([requests, routing]).toEqual([
      { 'proxy-url': '' },
      { cooldown: { 'disable-cooling': false }, retry: { 'request-retry': 0 } },
    ]);
  });
});

describe('a reload that is lost', () => {
  test('without one, memory has a write by v8 before the reload', async () => {
    await start({ layout: 'old', reloadDelayMs: 50 });
    const headers = { Authorization: fake.managementKey };
    const body = JSON.stringify({ codex: [group('a', 'sk-fake-1')] });
    expect((await fetch(fake.origin + KEYS, { method: 'PATCH', headers, body })).status).toBe(200);
    expect(fake.lists['codex-api-key']).toMatchObject([{ 'api-key': 'sk-fake-1' }]);
  });

  test('the file has the write and memory has not; a different write heals it', async () => {
    await start({ layout: 'new' });
    fake.faults.revertNextWrites = 1;
    expect((await write(group('a', 'sk-fake-1'))).status).toBe(200);
    expect([await onDisk(), await inMemory()]).toEqual([['sk-fake-1'], []]);
    await write(group('a', 'sk-fake-1', 'sk-fake-2'));
    expect([await onDisk(), await inMemory()]).toEqual([
      ['sk-fake-1', 'sk-fake-2'],
      ['sk-fake-1', 'sk-fake-2'],
    ]);
  });

  test('what v0 writes then takes it out of the file, whatever it writes', async () => {
    await start({ layout: 'new', lists: { 'codex-api-key': CODEX } });
    fake.faults.revertNextWrites = 1;
    await write(group('Team', 'sk-fake-1', 'sk-fake-2'));
    await call('PUT', '/v0/management/debug', { value: true });
    expect([await onDisk(), await inMemory()]).toEqual([['sk-fake-1'], ['sk-fake-1']]);
    expect(fake.file).not.toContain('Team');
  });
});

describe('the fork with revisions', () => {
  test('every read has one, also of what is not there', async () => {
    await start({ etag: true });
    const [all, none] = [await call('GET', KEYS), await call('GET', `${KEYS}/codex`)];
    expect([all.status, none.status]).toEqual([404, 404]);
    expect(none.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
  });

  test('a write must name the present one', async () => {
    await start({ etag: true });
    const etag = (await call('GET', KEYS)).headers.get('etag')!;
    const without = await write(group('a', 'sk-fake-1'));
    expect([without.status, without.json()]).toEqual([428, { error: 'config_revision_required' }]);
    const body = { codex: [group('a', 'sk-fake-1')] };
    expect((await call('PATCH', KEYS, body, { 'If-Match': etag })).status).toBe(200);
    const stale = await call('PATCH', KEYS, body, { 'If-Match': etag });
    expect([stale.status, stale.json()]).toEqual([412, { error: 'config_revision_conflict' }]);
  });

  test('says so where others send nothing', async () => {
    await start({ etag: true });
    fake.faults.emptyBody = true;
    const { status, text } = await call('GET', KEYS);
    expect([status, text]).toEqual([422, '{"error":"config_not_json_compatible"}']);
  });
});

describe('faults', () => {
  test('v0 gone: no version is told, and v8 goes on', async () => {
    await start({ layout: 'new', lists: { 'codex-api-key': CODEX } });
    fake.faults.v0Gone = true;
    const gone = await call('GET', '/v0/management/config');
    expect([gone.status, gone.text, gone.headers.get('x-cpa-version')]).toEqual([404, '', null]);
    expect(await onDisk()).toEqual(['sk-fake-1']);
  });

  test('an empty body with 200', async () => {
    await start({ layout: 'new' });
    fake.faults.emptyBody = true;
    const { status, text } = await call('GET', KEYS);
    expect([status, text]).toEqual([200, '']);
  });

  test.each(['html', 'json', 'shape'] as const)('a read that is %s', async (malformed) => {
    await start({ layout: 'new', lists: { 'codex-api-key': CODEX } });
    fake.faults.malformed = malformed;
    const { status, text } = await call('GET', KEYS);
    expect(status).toBe(200);
    expect(text).not.toContain('sk-fake-1');
  });

  test('a collapse: neither API is there', async () => {
    await start({ layout: 'new' });
    fake.faults.collapse = true;
    expect((await call('GET', KEYS)).status).toBe(404);
    expect((await call('GET', V0_CODEX)).status).toBe(404);
  });

  test('a collapse with a password: v8 shows the file and v0 nothing, and a v8 write brings it back', async () => {
    await start({ layout: 'new', lists: { 'codex-api-key': CODEX } });
    fake.faults.collapseWithPassword = true;
    expect([await onDisk(), await inMemory()]).toEqual([['sk-fake-1'], []]);
    await write(group('a', 'sk-fake-1', 'sk-fake-2'));
    expect(await inMemory()).toEqual(['sk-fake-1', 'sk-fake-2']);
  });

  test('a save that fails changes neither the file nor memory', async () => {
    await start({ layout: 'old', lists: { 'codex-api-key': CODEX } });
    const before = fake.file;
    fake.faults.failSave = 1;
    const { status, json } = await write(group('a', 'sk-fake-2'));
    expect([status, json()['error']]).toEqual([500, 'write_failed']);
    expect([fake.file, await inMemory()]).toEqual([before, ['sk-fake-1']]);
  });

  test('what another client writes in the middle is kept by a write to another family', async () => {
    await start({ layout: 'new' });
    fake.faults.beforeWrite = async () => {
      fake.faults.beforeWrite = null;
      await fake.setLists('claude-api-key', [{ 'api-key': 'sk-fake-9' }]);
    };
    await write(group('a', 'sk-fake-1'));
    expect(Object.keys((await call('GET', KEYS)).json())).toEqual(['claude', 'codex']);
    expect(fake.savedLists['claude-api-key']).toMatchObject([{ 'api-key': 'sk-fake-9' }]);
  });

  test('an answer that gets lost after the write', async () => {
    await start({ layout: 'old' });
    fake.faults.dropAfterWrite = 2;
    await expect(write(group('a', 'sk-fake-1'))).rejects.toThrow();
    fake.faults.dropAfterWrite = 0;
    expect(await onDisk()).toEqual(['sk-fake-1']);
  });
});

describe('the file', () => {
  test.each(['old', 'new'] as const)(
    '%s: v0 writes a weight of nothing, which is not no weight',
    async (layout) => {
      await start({ layout, lists: { 'codex-api-key': CODEX } });
      await call('PATCH', V0_CODEX, { index: 0, value: { weight: 0 } });
      expect(fake.savedLists['codex-api-key']).toMatchObject([{ 'api-key': 'sk-fake-1', weight: 0 }]);
    },
  );

  test('a mixed one becomes new by what v0 writes, and the new name of a setting wins', async () => {
    await start({ file: 'request-retry: 1\nrouting: {retry: {request-retry: 2}}\ncodex-api-key: []\n' });
    expect(fake.config()['request-retry']).toBe(2);
    await call('PUT', '/v0/management/debug', { value: true });
    expect(rootNames(fake.file)).not.toContain('request-retry');
    expect(fake.file).toContain('request-retry: 2');
    expect(fake.file).toContain('debug: true');
  });

  test('the number alone makes nothing new: a write by v0 leaves old lists old', async () => {
    await start({
      file: 'config-version: 8\ncodex-api-key:\n  - api-key: sk-fake-1\n    base-url: https://a.example\n',
    });
    await call('PUT', '/v0/management/debug', { value: true });
    expect(rootNames(fake.file)).toContain('codex-api-key');
    expect(rootNames(fake.file)).not.toContain('server');
  });

  test('v0 keeps sections and families of which it knows nothing', async () => {
    const file = `config-version: 8\nmystery: {a: 1}\napi-keys:\n    meta: [{name: m, keys: [{api-key: sk-fake-7}]}]\n`;
    await start({ file });
    await fake.setLists('codex-api-key', CODEX);
    expect(rootNames(fake.file)).toContain('mystery');
    expect((await call('GET', `${KEYS}/meta`)).json()).toMatchObject([
      { keys: [{ 'api-key': 'sk-fake-7' }] },
    ]);
    expect(await onDisk()).toEqual(['sk-fake-1']);
  });

  test('what the server does not know in a group blocks v8, and any write by v0 removes it', async () => {
    const [note, keys] = ['note: hi', 'keys: [{api-key: sk-fake-1}]'];
    await start({
      file: `config-version: 8
api-keys:
    codex: [{name: Team, base-url: "https://a.example", ${keys}}]
    openai-compatibility: [{name: r, base-url: "https://r.example", ${note}, keys: }]
`,
    });
    expect((await write()).status).toBe(422);
    await call('PUT', '/v0/management/debug', { value: true });
    expect((await call('GET', KEYS)).json()).toMatchObject({
      codex: [{ name: 'Team' }],
      'openai-compatibility': [{ name: 'r', keys: [] }],
    });
    expect(fake.file).not.toContain('note');
    expect((await write()).status).toBe(200);
  });

  test('one that another client replaces is loaded', async () => {
    await start({ layout: 'old' });
    await fake.setFile('codex-api-key:\n  - api-key: sk-fake-3\n    base-url: https://a.example\n');
    expect([await onDisk(), await inMemory()]).toEqual([['sk-fake-3'], ['sk-fake-3']]);
  });

  test('broken, v8 can neither read nor write it, and memory stays', async () => {
    await start({ layout: 'old', lists: { 'codex-api-key': CODEX } });
    await fake.setFile('a: [');
    const answers = [await call('GET', KEYS), await write(group('a', 'sk-fake-2'))];
    expect(answers.map(({ status, json }) => [status, json()['error']])).toEqual([
      [500, 'invalid_config'],
      [500, 'invalid_config'],
    ]);
    expect(await inMemory()).toEqual(['sk-fake-1']);
    expect((await call('PUT', '/v0/management/debug', { value: true })).status).toBe(500);
    expect(fake.file).toBe('a: [');
  });

  test('a text that is no configuration is refused', async () => {
    await start({ layout: 'old' });
    const before = fake.file;
    expect((await call('PUT', '/v0/management/config.yaml', 'only a text')).status).toBe(400);
    expect(fake.file).toBe(before);
  });
});
