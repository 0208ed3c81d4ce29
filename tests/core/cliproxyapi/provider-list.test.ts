import { parseJson } from '../../../src/core/json';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  collapseOf,
  contentOf,
  hasExampleKeys,
  readConfig,
  yamlHasContent,
  type ProxyConfig,
} from '../../../src/core/cliproxyapi/proxy-config';
import { selectList } from '../../../src/core/cliproxyapi/provider-list';
import { credentialIds } from '../../../src/core/cliproxyapi/lists/credential-id';
import { withoutComputed, type Provider } from '../../../src/core/cliproxyapi/provider';
import { redact, restore, secretsIn } from '../../../src/core/cliproxyapi/redact';
import { judge } from '../../../src/core/cliproxyapi/verdict';
import { context } from '../arbitrary';

const sha256 = async (text: string): Promise<string> => createHash('sha256').update(text).digest('hex');

const idsOf = (providers: Provider[], index: number): Promise<string[]> =>
  credentialIds({ list: 'openai-compatibility', providers, version: null, index }, sha256);

describe("the id of a key in the proxy's registry", () => {
  const relay = (keys: Provider['api-key-entries'], more: Partial<Provider> = {}): Provider => ({
    name: 'relay-a',
    'base-url': 'https://relay.example/v1',
    'api-key-entries': keys,
    ...more,
  });
  const EXAMPLE = 'openai-compatibility:relay-a:578475573468';

  test('is the one of the contract', async () => {
    expect(await idsOf([relay([{ 'api-key': 'sk-test' }])], 0)).toEqual([EXAMPLE]);
  });

  test('does not depend on blanks and the case of the name', async () => {
    const spelled = relay([{ 'api-key': ' sk-test ' }], {
      name: ' Relay-A ',
      'base-url': ' https://relay.example/v1 ',
    });
    expect(await idsOf([spelled], 0)).toEqual([EXAMPLE]);
  });

  test('is numbered where it stands twice, in the order of the list, without those that are off', async () => {
    const twice = relay([{ 'api-key': 'sk-test' }, { 'api-key': 'other' }, { 'api-key': 'sk-test' }]);
    const [first, other, second] = await idsOf([twice], 0);
    expect([first, second]).toEqual([EXAMPLE, `${EXAMPLE}-1`]);
    expect(other).not.toContain('578475573468');
    const one = relay([{ 'api-key': 'sk-test' }]);
    const unrelated = { ...one, name: 'relay-b' };
    expect(await idsOf([one, unrelated, one], 2)).toEqual([`${EXAMPLE}-1`]);
    expect(await idsOf([{ ...one, disabled: true }, one], 1)).toEqual([EXAMPLE]);
    expect(await idsOf([{ ...one, disabled: true }], 0)).toEqual([]);
  });

  test('hashes the base URL alone where there are no keys, and the proxy where there is one', async () => {
    const idOf = async (...parts: string[]): Promise<string> =>
      `openai-compatibility:relay-a:${(await sha256(['openai-compatibility:relay-a', ...parts].join('\0'))).slice(0, 12)}`;
    expect(await idsOf([relay(null)], 0)).toEqual([await idOf('https://relay.example/v1')]);
    expect(await idsOf([relay([{ 'api-key': '' }])], 0)).toEqual([
      await idOf('', 'https://relay.example/v1', ''),
    ]);
    expect(await idsOf([relay([{ 'api-key': 'k', 'proxy-url': ' direct ' }])], 0)).toEqual([
      await idOf('k', 'https://relay.example/v1', 'direct'),
    ]);
    expect((await idsOf([relay(null, { name: '' })], 0))[0]).toMatch(
      /^openai-compatibility:openai-compatibility:[0-9a-f]{12}$/,
    );
  });
});

describe('an entry without its secrets', () => {
  const entry: Provider = {
    name: 'relay',
    'base-url': 'https://relay.example/v1',
    'api-key-entries': [
      { 'api-key': 'sk-secret-1', 'proxy-url': 'socks5://u:pw-secret@h:1', weight: 2, note: 'secret-note' },
      { 'api-key': '' },
    ],
    headers: { 'X-A': 'header-secret' },
    models: [{ name: 'gpt-4o', alias: 'big' }],
    'future-secret': { deep: ['deep-secret'] },
    priority: 3,
  };
  const prints = (provider: Provider) =>
    new Map(secretsIn(provider).map((text, index) => [text, `f${index}`]));
  const back = (map: Map<string, string>) => new Map([...map].map(([text, print]) => [print, text]));

  test('holds no secret text', () => {
    const text = JSON.stringify(redact(entry, prints(entry)));
    expect(text).not.toMatch(/secret-|-secret(?!")|pw/);
    expect(JSON.parse(text)).toMatchObject({ name: 'relay', models: entry.models, priority: 3 });
    expect(secretsIn(entry).sort()).toEqual(
      ['sk-secret-1', 'socks5://u:pw-secret@h:1', 'secret-note', 'header-secret', 'deep-secret'].sort(),
    );
  });

  test('holds no user and password of a base URL either', () => {
    const url: Provider = { ...entry, 'base-url': 'https://user:url-pw@relay.example/v1' };
    expect(JSON.stringify(redact(url, prints(url)))).not.toContain('url-pw');
  });

  test('gets them back, every one or none', () => {
    const map = prints(entry);
    expect(restore(redact(entry, map), back(map))).toEqual(entry);
    const some = back(map);
    some.delete('f0');
    expect(restore(redact(entry, map), some)).toBeUndefined();
  });

  test('comes back the same, whatever it was', () => {
    fc.assert(
      fc.property(context, ({ providers }) => {
        for (const provider of providers) {
          const map = prints(provider);
          expect(restore(redact(provider, map), back(map))).toEqual(provider);
        }
      }),
    );
  });
});

test('computed fields are taken off, all others stay, and the input is not changed', () => {
  const provider = Object.freeze({
    name: 'a',
    'auth-index': 'x',
    future: 1,
    'api-key-entries': [Object.freeze({ 'api-key': 'k', weight: 0, 'auth-index': 'y' })],
  });
  expect(withoutComputed(provider)).toEqual({
    name: 'a',
    future: 1,
    'api-key-entries': [{ 'api-key': 'k', weight: 0 }],
  });
  const plain: Provider = { name: 'a', 'api-key-entries': [{ 'api-key': 'k' }] };
  expect(withoutComputed(plain)['api-key-entries']).toBe(plain['api-key-entries']);
});

const SERVER = { root: 'http://p', version: '7.2.140', supportsPlugins: true };

describe('the whole configuration', () => {
  const config = {
    'api-keys': ['client'],
    'force-model-prefix': true,
    'openai-compatibility': [
      { name: 'a', 'base-url': 'https://a.example/v1', models: null, 'auth-index': 'x', future: { a: 1 } },
    ],
    'claude-api-key': [
      { 'api-key': 'k', priority: 2, models: [{ name: 'claude', alias: ' opus ' }, { name: 'c2' }, {}] },
    ],
    'codex-api-key': null,
    other: 1,
  };

  test('is read as far as it is decided on; everything in the providers stays', () => {
    const read = readConfig(config, SERVER)!;
    expect(read).toMatchObject({ forcePrefix: true, proxyKeys: ['client'], ...SERVER });
    expect(read.lists['claude-api-key']).toHaveLength(1);
    expect(selectList(read, 'openai-compatibility')).toMatchObject({
      value: {
        list: 'openai-compatibility',
        providers: [{ name: 'a', 'base-url': 'https://a.example/v1', models: null, future: { a: 1 } }],
        others: [{ label: 'claude-api-key', priority: 2, names: ['opus', 'c2'] }],
        forcePrefix: true,
        version: '7.2.140',
      },
    });
  });

  test('may have empty lists as null, but what is of another shape is never taken for empty', () => {
    expect(readConfig({ 'openai-compatibility': null, 'api-keys': null }, SERVER)).toMatchObject({
      lists: { 'openai-compatibility': [] },
      proxyKeys: [],
    });
    for (const wrong of [
      {},
      null,
      [],
      'x',
      { 'api-keys': [] },
      { 'openai-compatibility': {} },
      { 'openai-compatibility': 'none' },
      { 'openai-compatibility': [null] },
      { 'openai-compatibility': [{ models: {} }] },
      { 'openai-compatibility': [{ 'api-key-entries': ['sk'] }] },
      { 'openai-compatibility': [], 'api-keys': 'x' },
    ])
      expect(readConfig(wrong, SERVER)).toBeUndefined();
  });

  test('with one list that is not understood has the others, and that one is never taken for empty', () => {
    const read = readConfig({ ...config, 'claude-api-key': 'odd' }, SERVER)!;
    expect(read.proxyKeys).toEqual(['client']);
    expect(selectList(read, 'openai-compatibility')).toMatchObject({ value: { others: [] } });
    expect(selectList(read, 'codex-api-key')).toMatchObject({ value: { providers: [] } });
    expect(selectList(read, 'claude-api-key')).toEqual({
      ok: false,
      failure: { code: 'list-unclear', list: 'claude-api-key' },
    });
  });
});

test('what was read goes back as it came, whatever its fields are called', () => {
  const text = '[{"name":"p","base-url":"u","headers":{"__proto__":"v"},"odd":{"__proto__":{"a":1}}}]';
  const config = readConfig(parseJson(`{"openai-compatibility":${text}}`), SERVER);
  expect(JSON.stringify(config?.lists['openai-compatibility'])).toBe(text);
});

describe('a collapse', () => {
  const empty: ProxyConfig = { lists: {}, forcePrefix: false, proxyKeys: [], ...SERVER };
  const full: ProxyConfig = {
    ...empty,
    proxyKeys: ['k'],
    lists: { 'openai-compatibility': [{ name: 'a' }] },
  };

  test('is: proxy keys gone and all families empty, where there were some', () => {
    expect(collapseOf(empty, contentOf(full))).toBe('collapsed');
    expect(collapseOf(empty, undefined)).toBe('suspicious');
    expect(collapseOf(empty, { proxyKeys: false, entries: true })).toBe('suspicious');
    expect(collapseOf({ ...empty, proxyKeys: ['k'] }, contentOf(full))).toBeUndefined();
    expect(collapseOf({ ...empty, lists: { 'codex-api-key': [{}] } }, contentOf(full))).toBeUndefined();
    expect(collapseOf(full, contentOf(full))).toBeUndefined();
  });

  test.each([
    ['api-keys:\n  - "client"\n', true],
    ['# api-keys:\n#   - x\nport: 8317\n', false],
    ['api-keys: []\nopenai-compatibility: []\n', false],
    ['api-keys:\n  # - "x"\n', false],
    ['api-keys:\n  # mine\n  - client\n', true],
    ['openai-compatibility:\n  - name: a\n    base-url: https://a.example/v1\n', true],
    ['codex-api-key:\n  - api-key: sk-1\n', true],
    ['#  - api-key: sk-1\n', false],
    ['claude-api-key:\n  - api-key: ""\n', false],
    ['api-keys: ["client"]\n', true],
    ['api-keys:\r\n- client\r\n', true],
    ['host: ""\nport: 0\napi-keys: []\n', false],
  ])('is told by the file %j: it names keys or providers (%s)', (yaml, has) =>
    expect(yamlHasContent(yaml)).toBe(has),
  );
});

test('example keys are told from real ones', () => {
  expect(hasExampleKeys(['sk-x', ' your-api-key-2 '])).toBe(true);
  expect(hasExampleKeys(['your-api-key', 'my-your-api-key-1'])).toBe(false);
});

describe('a model is called served', () => {
  const judgeIt = (...input: Parameters<typeof judge> extends [unknown, ...infer R] ? R : never) =>
    judge('openai-compatibility', ...input);
  const provider: Provider = {
    name: 'a',
    'base-url': 'https://a.example/v1',
    models: [
      { name: 'gpt-4o', alias: '' },
      { name: 'mini', alias: 'GPT-4O' },
      { name: 'claude', alias: 'opus' },
    ],
  };
  const FINE = { exampleKeys: false, answersAsIs: false };
  const expected = [{ name: 'claude', alias: 'opus' }];
  const all = new Set(['gpt-4o', 'GPT-4O', 'opus']);

  test('when the registry lists it, under the prefix too', () => {
    expect(judgeIt(provider, expected, all, false, FINE)).toEqual([
      { name: 'claude', alias: 'opus', served: true },
    ]);
    const prefixed = { ...provider, prefix: 'p' };
    expect(judgeIt(prefixed, expected, new Set(['p/opus']), true, FINE)[0]).toMatchObject({ served: true });
    expect(judgeIt(prefixed, expected, new Set(['opus']), true, FINE)[0]).toMatchObject({ served: false });
  });

  test('never under the name that CLIProxyAPI keeps for itself, unless a prefix sets it apart', () => {
    const auto = { ...provider, models: [{ name: 'openrouter/auto', alias: 'auto' }] };
    const asked = [{ name: 'openrouter/auto', alias: 'auto' }];
    expect(judgeIt(auto, asked, new Set(['auto']), false, FINE)[0]).toMatchObject({ reason: 'reserved' });
    const apart = judgeIt({ ...auto, prefix: 'p' }, asked, new Set(['auto', 'p/auto']), false, FINE);
    expect(apart[0]).toMatchObject({ served: true });
  });

  test('at an address without version only where the relay was seen to answer there', () => {
    const bare = { ...provider, 'base-url': 'https://relay.example' };
    expect(judgeIt(bare, expected, all, false, FINE)[0]).toMatchObject({
      served: false,
      reason: 'no-version',
    });
    const answers = { ...FINE, answersAsIs: true };
    expect(judgeIt(bare, expected, all, false, answers)[0]).toMatchObject({ served: true });
  });

  test('never when chats for it cannot arrive, whatever the registry lists', () => {
    const reason = (changed: Partial<Provider>, exampleKeys = false): unknown =>
      judgeIt({ ...provider, ...changed }, expected, all, false, { ...FINE, exampleKeys })[0]!.reason;
    expect(judgeIt(provider, [{ name: 'gpt-4o', alias: 'gpt-4o' }], all, false, FINE)).toEqual([
      { name: 'gpt-4o', alias: 'gpt-4o', served: false, reason: 'hidden', by: 'mini' },
    ]);
    expect(judgeIt(provider, expected, new Set(['Opus']), false, FINE)[0]).toMatchObject({
      served: false,
      reason: 'not-listed',
    });
    expect(reason({ disabled: true })).toBe('disabled');
    expect(reason({ headers: { 'X A': '1' } })).toBe('bad-header');
    expect(reason({ 'base-url': 'https://a.example' })).toBe('no-version');
    expect(reason({}, true)).toBe('example-keys');
    expect(reason({})).toBeUndefined();
  });
});
