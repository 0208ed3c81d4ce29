import { describe, expect, test } from 'vitest';
import type { BaseUrl } from '../../src/core/base-url';
import { refOf } from '../../src/core/find-provider';
import { planIdentity, planImport, type ImportPlan, type ImportRequest } from '../../src/core/plan-import';
import type { Provider } from '../../src/core/provider';

const KEY = 'sk-Lab1FakeKeyFakeKeyFakeKeyFakeKeyFakeKey0001';
const pick = (...names: string[]) => names.map((name) => ({ name, alias: name, typed: false }));
const typed = (name: string, alias: string) => ({ name, alias, typed: true });

const request = (changes: Partial<ImportRequest> = {}): ImportRequest => ({
  key: KEY,
  optionalPrefix: 'sk-',
  baseUrl: 'https://relay.example/v1' as BaseUrl,
  providerName: 'Relay',
  models: pick('gpt-4o', 'claude'),
  target: { kind: 'auto' },
  options: {},
  enable: false,
  correctBaseUrl: false,
  ...changes,
});

const relay: Provider = {
  name: 'My relay',
  priority: 3,
  'base-url': 'https://Relay.example:443/v1/',
  'api-key-entries': [{ 'api-key': 'sk-old-0000000001', weight: 7, 'proxy-url': 'direct', note: 'mine' }],
  models: [{ name: 'gpt-4o', alias: 'big', thinking: { levels: ['high'] } }],
  'disable-cooling': false,
  'some-future-field': { a: [1] },
};
const other: Provider = {
  name: 'other',
  'base-url': 'https://other.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-other-00000001' }],
  models: [{ name: 'claude', alias: '' }],
};

function planned(providers: Provider[], changes: Partial<ImportRequest> = {}): ImportPlan {
  const plan = planImport({ providers, others: [], forcePrefix: false }, request(changes));
  if (!plan.ok) throw new Error(plan.failure.code);
  return plan.value;
}
const failure = (providers: Provider[], changes: Partial<ImportRequest>) => {
  const plan = planImport({ providers, others: [], forcePrefix: false }, request(changes));
  return plan.ok ? undefined : plan.failure;
};
const noticesOf = (plan: ImportPlan) => plan.notices.map((notice) => notice.kind);

describe('a relay that is not in the list', () => {
  test('becomes a provider at its end, with names and aliases written out', () => {
    const plan = planned([other], { options: { prefix: '/p/', priority: 2, proxyUrl: ' direct ', headers: { ' X-A ': ' 1 ' } } });
    expect(plan).toMatchObject({ kind: 'create', index: 1, before: null, keyIndex: 0 });
    expect(plan.after).toEqual({
      name: 'Relay',
      priority: 2,
      prefix: 'p',
      'base-url': 'https://relay.example/v1',
      'api-key-entries': [{ 'api-key': KEY, 'proxy-url': 'direct' }],
      models: [
        { name: 'gpt-4o', alias: 'gpt-4o' },
        { name: 'claude', alias: 'claude' },
      ],
      headers: { 'X-A': '1' },
    });
  });

  test('is named after its host when it has no name, and beside one of its name with the host', () => {
    expect(planned([], { providerName: ' ' }).after.name).toBe('relay.example');
    const same: Provider = { ...other, name: ' relay ' };
    const plan = planned([same]);
    expect(plan.after.name).toBe('Relay (relay.example)');
    expect(plan.notices).toContainEqual({
      kind: 'name-taken',
      ref: { index: 0, name: 'relay', baseUrl: 'https://other.example/v1' },
      newName: 'Relay (relay.example)',
    });
    expect(planned([same, { ...other, name: 'Relay (relay.example)' }]).after.name).toBe('Relay (relay.example) 2');
  });

  test('may be added beside the one that is there, when the user says so', () => {
    expect(planned([relay], { target: { kind: 'create' } })).toMatchObject({ kind: 'create', index: 1 });
  });
});

describe('a relay that is in the list', () => {
  test('keeps its name, its URL and every field; the key is appended and new models are added', () => {
    const plan = planned([other, relay]);
    expect(plan).toMatchObject({ kind: 'update', index: 1, keyIndex: 1, fields: ['api-key-entries', 'models'] });
    expect(plan.after).toEqual({
      ...relay,
      'api-key-entries': [...relay['api-key-entries']!, { 'api-key': KEY }],
      models: [...relay.models!, { name: 'claude', alias: 'claude' }],
    });
    expect(plan.expected).toEqual([
      { name: 'gpt-4o', alias: 'big' },
      { name: 'claude', alias: 'claude' },
    ]);
    expect(plan.notices).toContainEqual({ kind: 'kept-alias', count: 1 });
  });

  test('that holds the key and the models is unchanged, with or without sk- and whatever its aliases are', () => {
    const bare: Provider = { ...relay, 'api-key-entries': [{ 'api-key': KEY.slice(3), weight: 2 }] };
    const plan = planned([bare], { models: pick('gpt-4o') });
    expect(plan).toMatchObject({ kind: 'unchanged', fields: [], keyIndex: 0, onlyAdds: false });
    expect(plan.after).toBe(bare);
    expect(planned([bare], { models: pick('gpt-4o'), optionalPrefix: undefined }).kind).toBe('update');
  });

  test('gets another alias only for a model for which one was typed', () => {
    const plan = planned([relay], { models: [typed('gpt-4o', 'huge')] });
    expect(plan.after.models).toEqual([{ ...relay.models![0], alias: 'huge' }]);
    expect(plan.changes).toContainEqual({ sign: '~', kind: 'alias', models: [{ name: 'gpt-4o', from: 'big', to: 'huge' }] });
    expect(plan.onlyAdds).toBe(false);
  });

  test('gets the proxy that was typed for this key, and the other keys keep theirs', () => {
    const two: Provider = { ...relay, 'api-key-entries': [{ 'api-key': KEY, weight: 4 }, ...relay['api-key-entries']!] };
    const plan = planned([two], { options: { proxyUrl: 'socks5://u:pw@10.0.0.1:1080' } });
    expect(plan.after['api-key-entries']).toEqual([
      { 'api-key': KEY, weight: 4, 'proxy-url': 'socks5://u:pw@10.0.0.1:1080' },
      relay['api-key-entries']![0],
    ]);
    expect(plan.changes).toContainEqual({ sign: '~', kind: 'proxy', from: '', to: 'socks5://10.0.0.1:1080' });
  });

  test('without /v1 is dead at most relays: the plan says so and corrects it when asked', () => {
    const dead: Provider = { ...relay, 'base-url': 'https://relay.example/' };
    expect(planned([dead]).notices).toContainEqual({
      kind: 'no-version',
      name: 'My relay',
      baseUrl: 'https://relay.example/',
      proposed: 'https://relay.example/v1',
      corrected: false,
    });
    expect(planned([dead]).after['base-url']).toBe('https://relay.example/');
    expect(planned([dead], { correctBaseUrl: true }).after['base-url']).toBe('https://relay.example/v1');
  });

  test('that is switched off stays off unless the user says otherwise, and the plan says so', () => {
    const off: Provider = { ...relay, disabled: true };
    expect(planned([off]).after.disabled).toBe(true);
    expect(planned([off]).notices).toContainEqual({ kind: 'disabled', name: 'My relay', enabled: false });
    expect(planned([off], { enable: true }).after.disabled).toBe(false);
  });

  test('without keys is told: a key ends its keyless use', () => {
    const keyless: Provider = { ...relay, 'api-key-entries': null };
    expect(noticesOf(planned([keyless]))).toContain('keyless');
  });

  test('keeps its headers and gets those that were typed', () => {
    const withHeaders: Provider = { ...relay, headers: { 'X-A': 'secret', 'X-B': 'b' } };
    expect(planned([withHeaders], { options: { headers: { 'X-B': 'c' } } }).after.headers).toEqual({ 'X-A': 'secret', 'X-B': 'c' });
  });

  test('gets the prefix and the priority that were typed, and loses none that were not', () => {
    const plan = planned([{ ...relay, prefix: 'p' }], { options: { priority: 0, prefix: '' } });
    expect([plan.after['priority'], plan.after.prefix]).toEqual([0, '']);
    expect(plan.changes).toContainEqual({ sign: '~', kind: 'priority', from: '3', to: '0' });
    expect(planned([{ ...relay, prefix: 'p' }]).after).toMatchObject({ prefix: 'p', priority: 3 });
  });
});

describe('it never guesses', () => {
  const twin: Provider = { ...relay, name: 'twin', 'base-url': 'https://relay.example', 'api-key-entries': [] };

  test('of several providers of the relay the user chooses, unless one alone holds the key', () => {
    expect(failure([relay, twin], {})).toEqual({
      code: 'several-matches',
      count: 2,
      candidates: [refOf(relay, 0), refOf(twin, 1)],
    });
    const holding: Provider = { ...twin, 'api-key-entries': [{ 'api-key': KEY }] };
    expect(planned([relay, holding]).index).toBe(1);
    expect(planned([relay, twin], { target: { kind: 'join', ref: refOf(twin, 1) } }).index).toBe(1);
  });

  test('a choice that moved is found again, and one that is gone or no longer unique is not replaced', () => {
    const ref = refOf(relay, 0);
    expect(planned([other, relay], { target: { kind: 'join', ref } }).index).toBe(1);
    expect(failure([other], { target: { kind: 'join', ref } })).toEqual({ code: 'match-gone', name: 'My relay' });
    expect(failure([other, relay, relay], { target: { kind: 'join', ref } })?.code).toBe('match-gone');
  });

  test('a key joins a provider of another host only at the word of the user, and is told where it goes', () => {
    const plan = planned([other], { target: { kind: 'join', ref: refOf(other, 0) }, models: pick('m') });
    expect(plan.after['base-url']).toBe('https://other.example/v1');
    expect(plan.notices).toContainEqual({ kind: 'other-host', name: 'other', baseUrl: 'https://other.example/v1' });
    expect(plan.onlyAdds).toBe(false);
  });
});

describe('names that are served already', () => {
  test('by another provider are shown, with who gets the requests', () => {
    const with4o: Provider = { ...other, models: [{ name: 'x', alias: 'gpt-4o' }], priority: 1 };
    const pool = (changes: Partial<ImportRequest>) =>
      planned([with4o], changes).notices.find((notice) => notice.kind === 'pool');
    const member = (order: string) => ({ kind: 'pool', members: [{ alias: 'gpt-4o', others: ['other'], order }] });
    expect(pool({})).toMatchObject(member('behind'));
    expect(pool({ options: { priority: 1 } })).toMatchObject(member('shared'));
    expect(pool({ options: { priority: 2 } })).toMatchObject(member('ahead'));
    expect(pool({ models: [typed('gpt-4o', 'mine')] })).toBeUndefined();
    expect(planned([{ ...with4o, disabled: true }]).notices).toEqual([]);
    expect(planned([with4o]).onlyAdds).toBe(false);
  });

  test('by another family count, and a prefix separates only where it is forced', () => {
    const context = { providers: [], others: [{ family: 'codex-api-key', priority: 0, names: ['gpt-4o'] }], forcePrefix: false };
    const prefixed = request({ options: { prefix: 'p' } });
    expect(planImport(context, prefixed)).toMatchObject({
      value: { notices: [{ kind: 'pool', members: [{ alias: 'gpt-4o', others: ['codex-api-key'], order: 'shared' }] }] },
    });
    expect(planImport({ ...context, forcePrefix: true }, prefixed)).toMatchObject({ value: { notices: [] } });
  });

  test('inside the provider are left out: the import would never be reached or would take the name over', () => {
    const models = [{ name: 'mini', alias: 'GPT-4o' }];
    const plan = planned([{ ...relay, models }], { models: pick('gpt-4o', 'claude') });
    expect(plan.notices).toContainEqual({ kind: 'left-out', models: [{ name: 'gpt-4o', alias: 'gpt-4o', by: 'mini' }] });
    expect(plan.after.models).toEqual([...models, { name: 'claude', alias: 'claude' }]);
    expect(plan.expected).toEqual([{ name: 'claude', alias: 'claude' }]);
  });

  test('inside the provider are shared with an explicit alias when the user typed it, never with a plain name', () => {
    const explicit = planned([{ ...relay, models: [{ name: 'mini', alias: 'fast' }] }], { models: [typed('gpt-4o', 'fast')] });
    expect(explicit.notices).toContainEqual({ kind: 'pool-inside', models: [{ name: 'gpt-4o', alias: 'fast', by: 'mini' }] });
    const plain = planned([{ ...relay, models: [{ name: 'fast' }] }], { models: [typed('gpt-4o', 'Fast')] });
    expect(noticesOf(plain)).toContain('left-out');
    expect(plain.after.models).toEqual([{ name: 'fast' }]);
  });

  test('inside the provider are found although blanks were typed around the alias, since the proxy trims it', () => {
    const plan = planned([{ ...relay, models: [{ name: 'fast' }] }], { models: [typed('gpt-4o', ' fast ')] });
    expect(noticesOf(plan)).toContain('left-out');
  });
});

test('what would be written wrong is refused before it is planned', () => {
  expect(failure([], { models: [] })).toEqual({ code: 'no-models' });
  expect(failure([{ ...relay, models: null }], { models: [] })).toEqual({ code: 'no-models' });
  expect(failure([], { options: { prefix: 'a/b' } })).toEqual({ code: 'bad-prefix' });
  expect(failure([], { options: { priority: 1.5 } })).toEqual({ code: 'bad-priority' });
  expect(failure([], { options: { priority: 2 ** 60 } })).toEqual({ code: 'bad-priority' });
  expect(failure([], { options: { proxyUrl: 'ftp://x' } })).toEqual({ code: 'bad-proxy' });
  expect(failure([], { options: { headers: { 'X A': '1' } } })).toEqual({ code: 'bad-header', name: 'X A' });
  expect(failure([], { options: { headers: { 'X-A': 'a\nb' } } })).toEqual({ code: 'bad-header', name: 'X-A' });
  expect(failure([], { models: [typed('gpt-4o', ' ')] })).toEqual({ code: 'bad-alias', name: 'gpt-4o' });
  expect(failure([], { models: [typed('gpt-4o', 'a\tb')] })).toEqual({ code: 'bad-alias', name: 'gpt-4o' });
});

test('a header whose value the proxy would drop is not planned: it could never be read back', () => {
  const context = { providers: [], others: [], forcePrefix: false };
  const plan = planImport(context, request({ options: { headers: { 'X-A': ' ' } } }));
  if (plan.ok) expect(plan.value.after.headers).toBeUndefined();
});

test('the identity of a plan does not depend on untouched providers, and does on everything that was shown', () => {
  const identity = (providers: Provider[], changes: Partial<ImportRequest> = {}) => planIdentity(planned(providers, changes));
  const far: Provider = { ...other, models: [{ name: 'unrelated' }] };
  expect(identity([relay])).toBe(identity([far, relay]));
  expect(identity([relay])).not.toBe(identity([{ ...relay, priority: 4 }]));
  expect(identity([relay])).not.toBe(identity([relay], { models: pick('gpt-4o') }));
  expect(identity([far])).not.toBe(identity([{ ...far, models: [{ name: 'gpt-4o' }] }]));
  expect(identity([])).not.toBe(identity([], { key: 'sk-another-000000001' }));
});

test('the diff counts what stays', () => {
  expect(planned([other, relay]).changes).toEqual([
    { sign: '=', kind: 'provider', name: 'My relay', baseUrl: 'https://Relay.example:443/v1/' },
    { sign: '+', kind: 'key', mask: 'sk-Lab1…0001' },
    { sign: '+', kind: 'models', models: [{ name: 'claude', alias: 'claude' }] },
    { sign: '=', kind: 'in-it', keys: 1, models: 1, fields: ['priority', 'disable-cooling', 'some-future-field'] },
    { sign: '=', kind: 'rest', providers: 1, keys: 1 },
  ]);
});
