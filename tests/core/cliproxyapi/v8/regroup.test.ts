import { describe, expect, test } from 'vitest';
import type { ListName } from '../../../../src/core/cliproxyapi/lists/list-traits';
import type { Provider } from '../../../../src/core/cliproxyapi/provider';
import { COMPAT } from '../../../../src/core/cliproxyapi/v8/family';
import { flatten } from '../../../../src/core/cliproxyapi/v8/flatten';
import type { Group } from '../../../../src/core/cliproxyapi/v8/groups';
import { originsOf } from '../../../../src/core/cliproxyapi/v8/match';
import { namesBeside } from '../../../../src/core/cliproxyapi/v8/new-group';
import { regroup } from '../../../../src/core/cliproxyapi/v8/regroup';

const BASE = 'https://relay.example/v1';
const K1 = { 'api-key': 'sk-fake-1', weight: 3 };
const K2 = { 'api-key': 'sk-fake-2', prefix: 'two' };
const POOL: Group = {
  name: 'pool',
  'base-url': BASE,
  priority: 2,
  models: [{ name: 'm', alias: 'a' }],
  keys: [K1, K2],
};

type Change = (entries: Provider[]) => (Provider | null)[];
/** What a change of the entries, each in its place (null: it goes), makes of the groups. */
function after(groups: Group[], change: Change, list: ListName = 'codex-api-key', seen?: Provider[]) {
  const flat = flatten(list, groups);
  const before = seen ?? flat.map(({ entry }) => entry);
  return regroup({
    list,
    before,
    after: change([...before]).filter((entry) => entry !== null),
    change: { before: null, after: null, whole: true },
    groups,
    origins: originsOf(list, before, flat)!,
    nameFor: namesBeside([groups, [{ name: 'Relay.example' }]]),
  });
}

const without = (entry: Provider, field: string): Provider =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => name !== field));

describe('a group with two keys', () => {
  test('shows each with all that it has from the group', () => {
    expect(flatten('codex-api-key', [POOL]).map(({ entry }) => entry)).toEqual([
      { 'base-url': BASE, priority: 2, models: POOL['models'], ...K1 },
      { 'base-url': BASE, priority: 2, models: POOL['models'], ...K2 },
    ]);
  });

  test('has a change of one key at that key', () => {
    const excluded = ['*'];
    expect(after([POOL], ([a, b]) => [{ ...a, 'excluded-models': excluded }, b!])).toEqual([
      { ...POOL, keys: [{ ...K1, 'excluded-models': excluded }, K2] },
    ]);
  });

  test('gives its own back to a key that gets that value again, and what is empty is not written', () => {
    const changed = after([POOL], ([a, b]) => [{ ...a, priority: 9, 'excluded-models': ['*'] }, b!])!;
    expect(changed).toEqual([{ ...POOL, keys: [{ ...K1, priority: 9, 'excluded-models': ['*'] }, K2] }]);
    expect(after(changed, ([a, b]) => [{ ...a, priority: 2, 'excluded-models': [] }, b!])).toEqual([POOL]);
    const paused = after([POOL], (all) => all.map((one) => ({ ...one, 'excluded-models': ['*'] })))!;
    expect(after(paused, (all) => all.map((one) => ({ ...one, 'excluded-models': [] })))).toEqual([POOL]);
  });

  test('has a change of all keys alike itself, but for what each key says by itself', () => {
    const excluded = ['*'];
    const paused = after([POOL], (all) => all.map((one) => ({ ...one, 'excluded-models': excluded })));
    expect(paused).toEqual([{ ...POOL, 'excluded-models': excluded }]);
    expect(after([POOL], (all) => all.map((one) => ({ ...one, prefix: 'q' })))).toEqual([
      {
        ...POOL,
        keys: [
          { ...K1, prefix: 'q' },
          { ...K2, prefix: 'q' },
        ],
      },
    ]);
  });

  test('keeps what it has where one key has no longer', () => {
    const group = { ...POOL, 'excluded-models': ['*'] };
    expect(after([group], ([a, b]) => [{ ...a, 'excluded-models': [] }, b!])).toEqual([
      { ...group, keys: [{ ...K1, 'excluded-models': [] }, K2] },
    ]);
    expect(after([POOL], ([a, b]) => [a!, without(b!, 'priority')])).toEqual([
      { ...POOL, keys: [K1, { ...K2, priority: 0 }] },
    ]);
  });

  test('is left by a key whose base URL changes, or that is to have no retry of its own', () => {
    const other = 'https://other.example/v1';
    expect(after([POOL], ([a, b]) => [a!, { ...b, 'base-url': other }])).toEqual([
      { ...POOL, keys: [K1] },
      {
        name: 'pool-2',
        'base-url': other,
        priority: 2,
        prefix: 'two',
        models: POOL['models'],
        keys: [{ 'api-key': 'sk-fake-2' }],
      },
    ]);
    const retries = { ...POOL, 'request-retry': 2 };
    const gone = after([retries], ([a, b]) => [without(a!, 'request-retry'), b!]);
    expect(gone).toHaveLength(2);
    expect(gone![0]).toEqual({ ...retries, keys: [K2] });
    expect(gone![1]).not.toHaveProperty('request-retry');
  });

  test('loses a key that goes, and goes with its last one', () => {
    expect(after([POOL], ([, b]) => [b!])).toEqual([{ ...POOL, keys: [K2] }]);
    expect(after([POOL], () => [])).toEqual([]);
    const empty = { ...POOL, keys: [] };
    expect(after([empty], () => [])![0]).toBe(empty);
  });
});

describe('a key that comes', () => {
  const fresh: Provider = { 'api-key': 'sk-fake-3', 'base-url': BASE, models: [{ name: 'm', alias: 'a' }] };
  const home: Group = { name: 'home', 'base-url': ` ${BASE}`, keys: [K1] };

  test('joins a group that gives it nothing, with what is its own', () => {
    expect(after([POOL, home], (all) => [...all, fresh])).toEqual([
      POOL,
      { ...home, keys: [K1, { 'api-key': 'sk-fake-3', models: fresh.models }] },
    ]);
  });

  test('joins a group whose models are just its own', () => {
    const same = { ...home, models: [{ alias: 'a', name: 'm' }] };
    expect(after([same], (all) => [...all, fresh])).toEqual([
      { ...same, keys: [K1, { 'api-key': 'sk-fake-3' }] },
    ]);
  });

  test.each([
    ['prefix', 'p'],
    ['models', [{ name: 'other', alias: 'other' }]],
    ['headers', { 'X-A': '1' }],
    ['proxy-url', 'direct'],
    ['excluded-models', ['*']],
    ['priority', 1],
    ['request-retry', 0],
    ['what-comes-later', true],
  ])('joins none that has %s, but gets one of its own, whose name no family has', (field, value) => {
    const groups = [{ ...home, [field]: value }];
    expect(after(groups, (all) => [...all, fresh])).toEqual([
      groups[0],
      { name: 'relay.example-2', 'base-url': BASE, models: fresh.models, keys: [{ 'api-key': 'sk-fake-3' }] },
    ]);
  });

  test('joins none whose keys have no value, and none at another address', () => {
    const groups: Group[] = [
      { ...home, keys: null },
      { ...home, 'base-url': 'https://other.example/v1' },
    ];
    expect(after(groups, (all) => [...all, fresh])).toHaveLength(3);
  });

  test('before the others in the list does not get what changes at them', () => {
    expect(after([home], ([one]) => [fresh, { ...one, 'disable-cooling': false }])).toEqual([
      { name: 'relay.example-2', 'base-url': BASE, models: fresh.models, keys: [{ 'api-key': 'sk-fake-3' }] },
      { ...home, 'disable-cooling': false },
    ]);
  });

  test('shares a new group with others that are alike', () => {
    const second = { ...fresh, 'api-key': 'sk-fake-4', weight: 2 };
    expect(after([], () => [fresh, second])).toEqual([
      {
        name: 'relay.example-2',
        'base-url': BASE,
        models: fresh.models,
        keys: [{ 'api-key': 'sk-fake-3' }, { 'api-key': 'sk-fake-4', weight: 2 }],
      },
    ]);
  });

  test('has what only keys have at the key', () => {
    const entry = { ...fresh, websockets: true, weight: 0, priority: 4 };
    expect(after([], () => [entry])).toEqual([
      {
        name: 'relay.example-2',
        'base-url': BASE,
        priority: 4,
        models: fresh.models,
        keys: [{ 'api-key': 'sk-fake-3', weight: 0, websockets: true }],
      },
    ]);
  });

  test('has the two names in its models as /v8 wants them', () => {
    const models = [
      { name: 'm', alias: 'a', thinking: { zero_allowed: true, dynamic_allowed: false, min: 1 } },
    ];
    const [group] = after([], () => [{ ...fresh, models }])!;
    expect(group!['models']).toEqual([
      { name: 'm', alias: 'a', thinking: { 'zero-allowed': true, 'dynamic-allowed': false, min: 1 } },
    ]);
  });
});

describe('a provider', () => {
  const group: Group = {
    name: 'mine',
    'base-url': BASE,
    later: 1,
    keys: [{ ...K1, later: [1] }, { 'api-key': 'sk-fake-2' }],
    models: [{ name: 'm', alias: 'a', thinking: { 'zero-allowed': true } }],
  };
  const seen: Provider = {
    name: 'mine',
    'base-url': BASE,
    'api-key-entries': [K1, { 'api-key': 'sk-fake-2' }],
    models: [{ name: 'm', alias: 'a', thinking: { zero_allowed: true } }],
  };

  test('keeps its fields and keys that /v0 does not show', () => {
    const grown = {
      ...seen,
      'api-key-entries': [K1, { 'api-key': 'sk-fake-2', weight: 0 }, { 'api-key': 'sk-fake-3' }],
    };
    expect(after([group], () => [grown], COMPAT, [seen])).toEqual([
      { ...group, keys: [group.keys![0], { 'api-key': 'sk-fake-2', weight: 0 }, { 'api-key': 'sk-fake-3' }] },
    ]);
  });

  test('that is not loaded stays behind what it stood behind', () => {
    const broken: Group = { name: 'no address', keys: [K1] };
    const groups = [broken, group, { ...broken, name: 'second' }];
    expect(after(groups, () => [{ ...seen, name: 'new' }, seen], COMPAT, [seen])).toMatchObject([
      { name: 'no address' },
      { name: 'new', keys: [{}, {}] },
      group,
      { name: 'second' },
    ]);
    expect(after(groups, () => [], COMPAT, [seen])).toEqual([groups[0], groups[2]]);
  });
});

describe('memory and file', () => {
  const entry = flatten('codex-api-key', [POOL]).map((one) => one.entry);
  const origins = (entries: Provider[], groups: Group[], list: ListName = 'codex-api-key') =>
    originsOf(list, entries, flatten(list, groups));

  test('are compared by their keys and addresses, trimmed, without what is never loaded', () => {
    const groups = [
      { name: 'x', keys: [K1] },
      { ...POOL, keys: [{ 'api-key': ' sk-fake-1 ' }, K2] },
    ];
    expect(origins(entry, groups)?.size).toBe(2);
    const twice: Group = { 'base-url': BASE, keys: [K1, { ...K1, weight: 1 }] };
    expect(origins([entry[0]!], [{ ...twice }], 'vertex-api-key')?.size).toBe(1);
    expect(origins([entry[0]!], [{ ...twice }])).toBeUndefined();
  });

  test.each([
    ['a key more in the file', [entry[0]!], [POOL]],
    ['a key more in memory', entry, [{ ...POOL, keys: [K1] }]],
    ['another address', entry, [{ ...POOL, 'base-url': 'https://other.example/v1' }]],
    ['nothing in memory', [], [POOL]],
  ])('differ by %s', (_, entries, groups) => {
    expect(origins(entries, groups)).toBeUndefined();
  });

  test('may differ in what nobody changes, and not in what the change rests on', () => {
    const old = entry.map((one) => ({ ...one, priority: 9 }));
    expect(after([POOL], ([a, b]) => [{ ...a, prefix: 'p' }, b!], 'codex-api-key', old)).toEqual([
      { ...POOL, keys: [{ ...K1, prefix: 'p' }, K2] },
    ]);
    expect(after([POOL], ([a, b]) => [{ ...a, priority: 1 }, b!], 'codex-api-key', old)).toBeUndefined();
  });

  test('say the same where memory has a field as the server keeps it', () => {
    const group: Group = { ...POOL, prefix: '/p/', 'excluded-models': ['GPT-* ', 'gpt-*'], keys: [K1] };
    const [shown] = flatten('codex-api-key', [group]);
    const old: Provider = { ...shown!.entry, prefix: 'p', 'excluded-models': ['gpt-*'] };
    const made = after(
      [group],
      ([one]) => [{ ...one, prefix: '', 'excluded-models': null }],
      'codex-api-key',
      [old],
    );
    expect(made).toEqual([{ ...POOL, prefix: '', keys: [K1] }]);
  });
});

describe('models of Vertex that are not loaded', () => {
  const models = [
    { name: 'first' },
    { name: 'm', alias: 'a' },
    { name: 'odd', alias: ' ' },
    { name: 'n', alias: 'b' },
    { alias: 'last' },
  ];
  const GROUP: Group = { name: 'v', 'base-url': BASE, models, keys: [K1] };
  const seen = [{ 'base-url': BASE, models: [models[1]!, models[3]!], ...K1 }] as Provider[];
  const change = (now: object[]) =>
    after([GROUP], ([one]) => [{ ...one, models: now } as Provider], 'vertex-api-key', seen);

  test.each([
    ['one comes', [...seen[0]!.models!, { name: 'o', alias: 'c' }], [...models, { name: 'o', alias: 'c' }]],
    ['one goes', [models[3]!], [models[0], models[2], models[3], models[4]]],
    ['all go', [], [models[0], models[2], models[4]]],
  ])('stay where they were when %s', (_, now, then) => {
    expect(change(now)).toEqual([{ ...GROUP, models: then }]);
  });

  test('do not hide that what is loaded differs', () => {
    const other = [{ 'base-url': BASE, models: [models[1]!], ...K1 }] as Provider[];
    const changed = after([GROUP], ([one]) => [{ ...one, models: [] }], 'vertex-api-key', other);
    expect(changed).toBeUndefined();
  });

  test('are a difference in another list', () => {
    const changed = after([GROUP], ([one]) => [{ ...one, models: [] }], 'codex-api-key', seen);
    expect(changed).toBeUndefined();
  });
});

describe('a key that comes back', () => {
  const back = { 'base-url': BASE, 'api-key': 'sk-fake-3' } as Provider;
  const comes = (groups: Group[], groupName?: string) => {
    const flat = flatten('codex-api-key', groups);
    const before = flat.map(({ entry }) => entry);
    const groupNames = new Map(groupName === undefined ? [] : [[back, groupName]]);
    return regroup({
      list: 'codex-api-key',
      before,
      after: [...before, back],
      change: { before: null, after: back, groupNames },
      groups,
      origins: originsOf('codex-api-key', before, flat)!,
      nameFor: namesBeside([groups]),
    })!;
  };
  const OPEN: Group = { name: 'open', 'base-url': BASE, keys: [K1] };
  const alone = (name: string): Group => ({
    name,
    'base-url': BASE,
    keys: [{ 'api-key': 'sk-fake-3' }],
  });

  test.each<[string, Group[], string | undefined, Group[]]>([
    [
      'whose group stayed joins where it inherits nothing',
      [OPEN],
      undefined,
      [{ ...OPEN, keys: [K1, { 'api-key': 'sk-fake-3' }] }],
    ],
    ['whose group went has it again', [OPEN], 'gone', [OPEN, alone('gone')]],
    [
      'whose group is there again joins that one',
      [OPEN, { ...OPEN, name: 'gone', keys: [K2] }],
      'gone',
      [OPEN, { ...OPEN, name: 'gone', keys: [K2, { 'api-key': 'sk-fake-3' }] }],
    ],
    ['whose name somebody else took gets one beside it', [POOL], 'pool', [POOL, alone('pool-2')]],
  ])('%s', (_, groups, name, then) => {
    expect(comes(groups, name)).toEqual(then);
  });
});
