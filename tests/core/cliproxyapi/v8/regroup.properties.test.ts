import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIST_NAMES, type ListName } from '../../../../src/core/cliproxyapi/lists/list-traits';
import type { Provider } from '../../../../src/core/cliproxyapi/provider';
import { entryContent } from '../../../../src/core/cliproxyapi/same-entry';
import { COMPAT } from '../../../../src/core/cliproxyapi/v8/family';
import { flatten } from '../../../../src/core/cliproxyapi/v8/flatten';
import type { Group } from '../../../../src/core/cliproxyapi/v8/groups';
import { originsOf } from '../../../../src/core/cliproxyapi/v8/match';
import { namesBeside } from '../../../../src/core/cliproxyapi/v8/new-group';
import { regroup } from '../../../../src/core/cliproxyapi/v8/regroup';
import { deepFreeze } from '../../arbitrary';

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });
const present = <T extends object>(record: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  record.map(
    (value) => Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T,
  );

const model = present(
  fc.record({
    name: fc.constantFrom('gpt-5', 'claude'),
    alias: fc.constantFrom('a', 'b'),
    thinking: maybe(fc.constantFrom({ min: 1, 'zero-allowed': true }, { levels: ['low'] })),
    later: maybe(fc.constant({ x: [1] })),
  }),
);

const shared = {
  priority: maybe(fc.constantFrom(0, 3)),
  prefix: maybe(fc.constantFrom('', 'p', 'q')),
  'proxy-url': maybe(fc.constantFrom('direct', '')),
  headers: maybe(fc.constantFrom({ 'X-A': '1' }, { 'X-A': '1', auth_index: 'mine' }, {})),
  models: maybe(fc.array(model, { maxLength: 2 })),
  'disable-cooling': maybe(fc.boolean()),
  'request-retry': maybe(fc.constantFrom(0, 2)),
};
const excluded = { 'excluded-models': maybe(fc.constantFrom(['*'], ['x-*'], [])) };
const BASES = ['https://one.example/v1', 'https://two.example/v1'];
const KEYS = ['sk-fake-1', 'sk-fake-2', 'sk-fake-3'];

/** Null in a key: what the group has. */
const inherits = (fields: object): object =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      fc.option(value as fc.Arbitrary<unknown>, { freq: 5 }),
    ]),
  );
const own = {
  'api-key': fc.constantFrom(...KEYS),
  weight: maybe(fc.constantFrom(0, 4)),
  websockets: maybe(fc.boolean()),
  later: maybe(fc.constant({ deep: [null] })),
};

const key = present(fc.record({ ...own, ...inherits({ ...shared, ...excluded }) }));
const name = maybe(fc.constantFrom('codex-1', 'mine', ''));
const keyGroup = present(
  fc.record({
    name,
    'base-url': fc.constantFrom(...BASES),
    ...shared,
    ...excluded,
    'request-scoped-errors': maybe(fc.constant([{ status: 400 }])),
    keys: fc.array(key, { maxLength: 3 }),
  }),
) as fc.Arbitrary<Group>;

const compatGroup = present(
  fc.record({
    name,
    'base-url': fc.constantFrom(...BASES),
    ...shared,
    disabled: maybe(fc.boolean()),
    keys: fc.array(present(fc.record({ ...own, 'proxy-url': maybe(fc.constant('direct')) })), {
      maxLength: 3,
    }),
  }),
) as fc.Arbitrary<Group>;

/** What a plan may do to an entry. */
type Step =
  | { kind: 'remove'; at: number }
  | { kind: 'set'; at: number; field: string; value: unknown }
  | { kind: 'all'; field: string; value: unknown }
  | { kind: 'add'; at: number; entry: Provider };

const value: fc.Arbitrary<{ field: string; value: unknown }> = fc.oneof(
  ...Object.entries({
    ...shared,
    ...excluded,
    weight: maybe(fc.constant(7)),
    'base-url': fc.constantFrom(...BASES),
    websockets: maybe(fc.boolean()),
    later: maybe(fc.constant('now')),
  }).map(([field, arbitrary]) =>
    (arbitrary as fc.Arbitrary<unknown>).map((item) => ({ field, value: v0Value(field, item) })),
  ),
);

/** As `/v0` writes it. */
const v0Value = (field: string, item: unknown): unknown =>
  field === 'models' && Array.isArray(item)
    ? flatten(COMPAT, [{ models: item as unknown[], keys: [] }])[0]!.entry.models
    : item;

const newKey: fc.Arbitrary<Provider> = present(
  fc.record({ ...own, 'base-url': fc.constantFrom(...BASES), ...shared, ...excluded }),
) as fc.Arbitrary<Provider>;
const newProvider = compatGroup.map((group) => flatten(COMPAT, [group])[0]!.entry);
const steps = (list: ListName): fc.Arbitrary<Step[]> => {
  const at = fc.nat(9);
  const entry = list === COMPAT ? newProvider : newKey.map(withV0Models);
  return fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('remove' as const), at }),
      value.chain((set) => fc.record({ kind: fc.constant('set' as const), at, ...constants(set) })),
      value.chain((set) => fc.record({ kind: fc.constant('all' as const), ...constants(set) })),
      fc.record({ kind: fc.constant('add' as const), at, entry }),
    ),
    { maxLength: 3 },
  );
};
const constants = (set: { field: string; value: unknown }) => ({
  field: fc.constant(set.field),
  value: fc.constant(set.value),
});
const withV0Models = (entry: Provider): Provider =>
  entry.models ? { ...entry, models: v0Value('models', entry.models) as Provider['models'] } : entry;

function apply(entries: readonly Provider[], order: readonly Step[]): Provider[] {
  let now = [...entries];
  for (const step of order) {
    if (step.kind === 'add') now.splice(Math.min(step.at, now.length), 0, step.entry);
    else if (step.kind === 'all') now = now.map((entry) => changed(entry, step));
    else if (now[step.at] && step.kind === 'remove') now.splice(step.at, 1);
    else if (now[step.at] && step.kind === 'set') now[step.at] = changed(now[step.at]!, step);
  }
  return now;
}

/** The very entry, where nothing changes: as planners have it. */
function changed(entry: Provider, { field, value: next }: { field: string; value: unknown }): Provider {
  if (JSON.stringify(entry[field]) === JSON.stringify(next)) return entry;
  const { [field]: _, ...rest } = entry;
  return next === undefined ? rest : { ...entry, [field]: next };
}

const cases = fc
  .oneof(fc.constant<ListName>(COMPAT), fc.constantFrom(...LIST_NAMES.filter((list) => list !== COMPAT)))
  .chain((list) =>
    fc.record({
      list: fc.constant(list),
      groups: fc.array(list === COMPAT ? compatGroup : keyGroup, { maxLength: 4 }),
      order: steps(list),
    }),
  );

interface Regrouped {
  list: ListName;
  groups: readonly Group[];
  before: readonly Provider[];
  after: readonly Provider[];
  made: Group[];
}

/** Runs a check over every random change of random groups that are all loaded. */
function forEveryChange(check: (done: Regrouped) => void): void {
  let checked = 0;
  fc.assert(
    fc.property(cases, ({ list, groups, order }) => {
      deepFreeze(groups);
      const flat = flatten(list, groups);
      const before = flat.map(({ entry }) => entry);
      const origins = originsOf(list, before, flat);
      fc.pre(origins !== undefined);
      const after = apply(before, order);
      const made = regroup({
        list,
        before,
        after,
        change: { before: null, after: null, whole: true },
        groups,
        origins,
        nameFor: namesBeside([groups]),
      });
      checked++;
      expect(made).toBeDefined();
      check({ list, groups, before, after, made: made! });
    }),
    { numRuns: 600 },
  );
  expect(checked).toBeGreaterThan(400);
}

const contents = (entries: readonly Provider[]): string[] => entries.map(entryContent);
const entriesOf = (list: ListName, groups: readonly Group[]): Provider[] =>
  flatten(list, groups).map(({ entry }) => entry);

describe('whatever the groups and the change', () => {
  test('the groups say, as entries, what was planned', () => {
    forEveryChange(({ list, after, made }) => {
      const now = contents(entriesOf(list, made));
      if (list === COMPAT) expect(now).toEqual(contents(after));
      else expect(now.toSorted()).toEqual(contents(after).toSorted());
      // CLIProxyAPI refuses it.
      for (const group of made)
        for (const one of group.keys ?? []) expect(one).not.toHaveProperty('base-url');
    });
  });

  test('where nothing changes every group is the very object that was read', () => {
    forEveryChange(({ before, after, groups, made }) => {
      if (before.length !== after.length || before.some((entry, i) => entry !== after[i])) return;
      expect(made).toHaveLength(groups.length);
      made.forEach((group, i) => expect(group).toBe(groups[i]));
    });
  });

  test('a group that no change is about keeps its fields and its very keys; a key may join them', () => {
    forEveryChange(({ list, groups, before, after, made }) => {
      const stays = new Set(after);
      const flat = flatten(list, groups);
      for (const [at, group] of groups.entries()) {
        if (before.some((entry, i) => flat[i]!.group === at && !stays.has(entry))) continue;
        const { keys, ...rest } = group;
        const there = made.filter((one) => keys!.every((kept, i) => one.keys?.[i] === kept));
        expect(there.map(({ keys: _keys, ...now }) => now)).toContainEqual(rest);
        if (list === COMPAT) expect(made).toContain(group);
      }
    });
  });

  test('a group that is new has a name that no other one has, in any case', () => {
    forEveryChange(({ list, groups, made }) => {
      if (list === COMPAT) return;
      const nameOf = (group: Group): string => JSON.stringify(group['name'] ?? '').toLowerCase();
      const old = groups.map(nameOf);
      const fresh = made.map(nameOf).filter((text) => !old.includes(text));
      expect(new Set(fresh).size).toBe(fresh.length);
      expect(made.length - groups.length).toBeLessThanOrEqual(fresh.length);
    });
  });
});
