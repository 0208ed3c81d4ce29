import { describe, expect, test } from 'vitest';
import { MOST_MODELS } from '../../../src/core/aliases/proposed-models';
import { refOf } from '../../../src/core/cliproxyapi/find-provider';
import { planIdentity, planImport, type ImportRequest } from '../../../src/core/import/plan';
import type { Provider } from '../../../src/core/cliproxyapi/provider';
import { KEY, noticesOf, other, pick, planned, relay, request, typed } from './planning';

const failure = (providers: Provider[], changes: Partial<ImportRequest>) => {
  const plan = planImport(
    { list: 'openai-compatibility' as const, providers, others: [], forcePrefix: false, version: null },
    request(changes),
  );
  return plan.ok ? undefined : plan.failure;
};

describe('it never guesses', () => {
  const twin: Provider = {
    ...relay,
    name: 'twin',
    'base-url': 'https://relay.example',
    'api-key-entries': [],
  };

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
    expect(failure([other], { target: { kind: 'join', ref } })).toEqual({
      code: 'match-gone',
      name: 'My relay',
    });
    expect(failure([other, relay, relay], { target: { kind: 'join', ref } })?.code).toBe('match-gone');
  });

  test('a key joins a provider of another host only at the word of the user, and is told where it goes', () => {
    const plan = planned([other], { target: { kind: 'join', ref: refOf(other, 0) }, models: pick('m') });
    expect(plan.after['base-url']).toBe('https://other.example/v1');
    expect(plan.notices).toContainEqual({
      kind: 'other-host',
      name: 'other',
      baseUrl: 'https://other.example/v1',
    });
    expect(plan.onlyAdds).toBe(false);
  });
});

describe('names that are served already', () => {
  test('by another provider are shown, with who gets the requests', () => {
    const with4o: Provider = { ...other, models: [{ name: 'x', alias: 'gpt-4o' }], priority: 1 };
    const pool = (changes: Partial<ImportRequest>) =>
      planned([with4o], changes).notices.find((notice) => notice.kind === 'pool');
    const member = (order: string) => ({
      kind: 'pool',
      members: [{ alias: 'gpt-4o', others: ['other'], order }],
    });
    expect(pool({})).toMatchObject(member('behind'));
    expect(pool({ options: { priority: 1 } })).toMatchObject(member('shared'));
    expect(pool({ options: { priority: 2 } })).toMatchObject(member('ahead'));
    expect(pool({ models: [typed('gpt-4o', 'mine')] })).toBeUndefined();
    expect(planned([{ ...with4o, disabled: true }]).notices).toEqual([]);
    expect(planned([with4o]).onlyAdds).toBe(false);
  });

  test('by another family count, and a prefix separates only where it is forced', () => {
    const context = {
      list: 'openai-compatibility' as const,
      providers: [],
      others: [{ label: 'codex-api-key', priority: 0, names: ['gpt-4o'] }],
      forcePrefix: false,
      version: null,
    };
    const prefixed = request({ options: { prefix: 'p' } });
    expect(planImport(context, prefixed)).toMatchObject({
      value: {
        notices: [
          { kind: 'pool', members: [{ alias: 'gpt-4o', others: ['codex-api-key'], order: 'shared' }] },
        ],
      },
    });
    expect(planImport({ ...context, forcePrefix: true }, prefixed)).toMatchObject({ value: { notices: [] } });
  });

  test('inside the provider are left out: the import would never be reached or would take the name over', () => {
    const models = [{ name: 'mini', alias: 'GPT-4o' }];
    const plan = planned([{ ...relay, models }], { models: pick('gpt-4o', 'claude') });
    expect(plan.notices).toContainEqual({
      kind: 'left-out',
      models: [{ name: 'gpt-4o', alias: 'gpt-4o', by: 'mini' }],
    });
    expect(plan.after.models).toEqual([...models, { name: 'claude', alias: 'claude' }]);
    expect(plan.expected).toEqual([{ name: 'claude', alias: 'claude' }]);
  });

  test('inside the provider are shared with an explicit alias when the user typed it, never with a plain name', () => {
    const explicit = planned([{ ...relay, models: [{ name: 'mini', alias: 'fast' }] }], {
      models: [typed('gpt-4o', 'fast')],
    });
    expect(explicit.notices).toContainEqual({
      kind: 'pool-inside',
      models: [{ name: 'gpt-4o', alias: 'fast', by: 'mini' }],
    });
    const plain = planned([{ ...relay, models: [{ name: 'fast' }] }], { models: [typed('gpt-4o', 'Fast')] });
    expect(noticesOf(plain)).toContain('left-out');
    expect(plain.after.models).toEqual([{ name: 'fast' }]);
  });

  test('inside the provider are found although blanks were typed around the alias, since the proxy trims it', () => {
    const plan = planned([{ ...relay, models: [{ name: 'fast' }] }], { models: [typed('gpt-4o', ' fast ')] });
    expect(noticesOf(plan)).toContain('left-out');
  });
});

test('what is chosen in one import is joined in one go, though a name is free only after another model has left it', () => {
  const models = [{ name: 'a' }, { name: 'b' }, { name: 'c', alias: 'c' }];
  const changes = { models: [typed('a', 'b'), typed('b', 'c')] };
  const first = planned([{ ...relay, models }], changes);
  expect(planned([...first.providers], changes).fields).not.toContain('models');
});

test('what would be written wrong is refused before it is planned', () => {
  expect(failure([], { models: [] })).toEqual({ code: 'no-models' });
  expect(failure([{ ...relay, models: null }], { models: [] })).toEqual({ code: 'no-models' });
  const many = Array.from({ length: MOST_MODELS + 1 }, (_, n) => typed(`m-${n}`, `m-${n}`));
  const tooMany = { code: 'too-many-models', chosen: MOST_MODELS + 1, most: MOST_MODELS };
  expect(failure([], { models: many })).toEqual(tooMany);
  expect(failure([], { options: { prefix: 'a/b' } })).toEqual({ code: 'bad-prefix' });
  expect(failure([], { options: { priority: 1.5 } })).toEqual({ code: 'bad-priority' });
  expect(failure([], { options: { priority: 2 ** 60 } })).toEqual({ code: 'bad-priority' });
  expect(failure([], { options: { proxyUrl: 'ftp://x' } })).toEqual({ code: 'bad-proxy' });
  expect(failure([], { options: { headers: { 'X A': '1' } } })).toEqual({ code: 'bad-header', name: 'X A' });
  expect(failure([], { options: { headers: { 'X-A': 'a\nb' } } })).toEqual({
    code: 'bad-header',
    name: 'X-A',
  });
  expect(failure([], { models: [typed('gpt-4o', ' ')] })).toEqual({ code: 'bad-alias', name: 'gpt-4o' });
  expect(failure([], { models: [typed('gpt-4o', 'a\tb')] })).toEqual({ code: 'bad-alias', name: 'gpt-4o' });
});

test('a header whose value the proxy would drop is not planned: it could never be read back', () => {
  const context = {
    list: 'openai-compatibility' as const,
    providers: [],
    others: [],
    forcePrefix: false,
    version: null,
  };
  const plan = planImport(context, request({ options: { headers: { 'X-A': ' ' } } }));
  expect(plan.ok ? plan.value.after.headers : undefined).toBeUndefined();
});

test('the identity of a plan does not depend on untouched providers, and does on everything that was shown', () => {
  const identity = (providers: Provider[], changes: Partial<ImportRequest> = {}) =>
    planIdentity(planned(providers, changes));
  const far: Provider = { ...other, models: [{ name: 'unrelated' }] };
  expect(identity([relay])).toBe(identity([far, relay]));
  expect(identity([relay])).not.toBe(identity([{ ...relay, priority: 4 }]));
  expect(identity([relay])).not.toBe(identity([relay], { models: pick('gpt-4o') }));
  expect(identity([far])).not.toBe(identity([{ ...far, models: [{ name: 'gpt-4o' }] }]));
  expect(identity([])).not.toBe(identity([], { key: 'sk-another-000000001' }));
});

test('a model under its alias and its own name is two names, each expected once, also where one is left out', () => {
  const both = [
    { name: 'x/claude', alias: 'claude', typed: false },
    { name: 'x/claude', alias: 'x/claude', typed: false },
  ];
  const models = both.map(({ name, alias }) => ({ name, alias }));
  const made = planned([], { models: both });
  expect(made.after.models).toEqual(models);
  expect(made.expected).toEqual(models);
  const again = planned([made.after], { models: both });
  expect([again.kind, again.expected]).toEqual(['unchanged', models]);
  // Another model has the alias already: the own name goes in all the same.
  const taken = { ...made.after, models: [{ name: 'claude', alias: '' }] };
  expect(planned([taken], { models: both }).expected).toEqual([models[1]]);
  // It is there under its own name only: that stays as it is, and is expected once.
  const plain = { ...made.after, models: [{ name: 'x/claude', alias: '' }] };
  expect(planned([plain], { models: both })).toMatchObject({
    expected: [models[1]],
    notices: expect.arrayContaining([{ kind: 'kept-alias', count: 1 }]) as unknown,
  });
});

test('the diff counts what stays', () => {
  expect(planned([other, relay]).changes).toEqual([
    {
      sign: '=',
      kind: 'provider',
      name: 'My relay',
      baseUrl: 'https://Relay.example:443/v1/',
      chosen: false,
    },
    { sign: '+', kind: 'key', mask: 'sk-Lab1…0001' },
    { sign: '+', kind: 'models', models: [{ name: 'claude', alias: 'claude' }] },
    {
      sign: '=',
      kind: 'in-it',
      keys: 1,
      models: 1,
      fields: ['priority', 'disable-cooling', 'some-future-field'],
    },
    { sign: '=', kind: 'rest', providers: 1, keys: 1 },
  ]);
});
