import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntryChange } from '../../../src/core/cliproxyapi/entry-change';
import { planImport } from '../../../src/core/import/plan';
import type { ProviderList } from '../../../src/core/cliproxyapi/provider-list';
import { keyEntries, modelsOf, type Provider } from '../../../src/core/cliproxyapi/provider';
import {
  finalWrite,
  intermediateChange,
  intermediateOfMany,
  intermediateWrite,
  otherBytes,
} from '../../../src/core/cliproxyapi/intermediate-write';
import { deepFreeze, planning } from '../arbitrary';

const distinct = (list: readonly unknown[]): boolean =>
  new Set(list.map((item) => JSON.stringify(item))).size === list.length;

/** Every write that an import can bring about, and the removal of what it made. */
const change: fc.Arbitrary<EntryChange> = planning
  .map(({ list, request }) => ({ list, plan: deepFreeze(planImport(list, request)) }))
  .filter(({ plan }) => plan.ok && plan.value.kind !== 'unchanged')
  .chain(({ list: { list }, plan }) => {
    if (!plan.ok || plan.value.kind === 'unchanged') throw new Error('filtered');
    const { kind, index, before, after, providers, fields } = plan.value;
    const removal: EntryChange = {
      kind: 'remove',
      list,
      before: after,
      after: null,
      providers: providers.toSpliced(index, 1),
      fields: [],
    };
    return fc.constantFrom<EntryChange>({ kind, list, before, after, providers, fields }, removal);
  })
  .filter(({ before, after }) => {
    const entry = (after ?? before)!;
    return distinct(modelsOf(entry)) && distinct(keyEntries(entry));
  });

const touched = ({ before, after }: EntryChange): Provider => (after ?? before)!;

describe('an intermediate write of other bytes', () => {
  test('differs from the list that a reload took back, and leaves everybody else the very objects that they are', () => {
    fc.assert(
      fc.property(change, (planned) => {
        const between = otherBytes(planned);
        fc.pre(between !== undefined);
        expect(JSON.stringify(between.providers)).not.toBe(JSON.stringify(planned.providers));
        const others = between.providers.filter((provider) => provider !== between.entry);
        expect(others).toEqual(planned.providers.filter((provider) => provider !== planned.after));
        others.forEach((provider) => expect(planned.providers.includes(provider)).toBe(true));
      }),
    );
  });

  test('holds the same keys and models, a single model twice, and leaves the switch alone', () => {
    fc.assert(
      fc.property(change, (planned) => {
        const entry = otherBytes(planned)?.entry;
        fc.pre(entry !== undefined);
        const sorted = (list: readonly unknown[]): string[] =>
          [...new Set(list.map((item) => JSON.stringify(item)))].sort();
        const keys = (provider: Provider): unknown[] =>
          keyEntries(provider).map((key) => (key === provider ? provider['api-key'] : key));
        expect(sorted(keys(entry))).toEqual(sorted(keys(touched(planned))));
        expect(sorted(modelsOf(entry))).toEqual(sorted(modelsOf(touched(planned))));
        expect(entry.disabled).toBe(touched(planned).disabled);
      }),
    );
  });

  test('is not taken only where there is nothing to put in another order, and nothing is served', () => {
    fc.assert(
      fc.property(change, (planned) => {
        const entry = touched(planned);
        const stuck =
          modelsOf(entry).length === 0 && keyEntries(entry).length < 2 && entry['api-key'] === undefined;
        expect(otherBytes(planned) === undefined).toBe(stuck);
      }),
    );
  });

  test('leads back to exactly the list that was planned', () => {
    fc.assert(
      fc.property(change, (planned) => {
        const between = otherBytes(planned);
        fc.pre(between !== undefined);
        const back = finalWrite(
          planned,
          between,
          JSON.parse(JSON.stringify(between.providers)) as Provider[],
        );
        expect(back?.providers).toEqual(planned.providers);
        expect(back?.after).toBe(planned.after);
      }),
    );
  });

  test('leads nowhere when somebody changed the entry meanwhile', () => {
    fc.assert(
      fc.property(change, (planned) => {
        const between = otherBytes(planned);
        fc.pre(between !== undefined);
        const meddled = between.providers.map((provider) =>
          provider === between.entry ? { ...provider, prefix: 'meddled' } : provider,
        );
        expect(finalWrite(planned, between, meddled)).toBeUndefined();
      }),
    );
  });
});

const relay: Provider = {
  name: 'Relay',
  'base-url': 'https://relay.example/v1',
  headers: { 'X-A': 'a', 'X-B': 'b' },
  models: [{ name: 'm' }],
};
const other: Provider = { name: 'Other', 'base-url': 'https://other.example/v1' };
const listOf = (providers: Provider[], list: ProviderList['list'] = 'openai-compatibility') => ({
  list,
  providers,
  others: [],
  forcePrefix: false,
  version: '7.2.140',
});
const changeTo = (list: ProviderList, before: Provider, after: Provider | null): EntryChange => {
  const index = list.providers.indexOf(before);
  const providers = after ? list.providers.with(index, after) : list.providers.toSpliced(index, 1);
  return { kind: after ? 'update' : 'remove', list: list.list, before, after, providers, fields: [] };
};
const NOT_REVERTED = { reverted: false };

describe('an intermediate write without headers', () => {
  test.each<[string, Provider, Provider | null]>([
    ['a header is added', relay, { ...relay, headers: { ...relay.headers, 'X-C': 'c' } }],
    ['a header gets another value', relay, { ...relay, headers: { 'X-A': 'z', 'X-B': 'b' } }],
    ['all headers go', relay, { ...relay, headers: {} }],
    ['another field changes', relay, { ...relay, priority: 1 }],
    ['the entry goes and has no namesake', relay, null],
  ])('is not needed where %s', (_name, before, after) => {
    const list = listOf([other, before]);
    expect(intermediateWrite(changeTo(list, before, after), list, NOT_REVERTED)).toBeUndefined();
  });

  test('comes first where a header goes, and leads to what was planned', () => {
    const list = listOf([other, relay]);
    const after = { ...relay, headers: { 'X-B': 'b' } };
    const planned = changeTo(list, relay, after);
    const between = intermediateWrite(planned, list, NOT_REVERTED)!;
    const { headers: _, ...bare } = after;
    expect(between.providers).toEqual([other, bare]);
    expect(between.providers[0]).toBe(other);
    expect(intermediateChange(planned, between)).toMatchObject({
      kind: 'update',
      after: between.entry,
      providers: between.providers,
      fields: [],
    });
    const final = finalWrite(planned, between, between.providers);
    expect(final).toMatchObject({ before: bare, providers: [other, after] });
    // What somebody else added meanwhile stays.
    const moved = [{ ...other, name: 'New' }, ...between.providers];
    expect(finalWrite(planned, between, moved)?.providers).toEqual([moved[0], other, after]);
  });

  test.each([
    ['goes', null],
    ['gets another name', { ...relay, name: 'Renamed' }],
  ])('takes all maps out of an entry that %s and leaves a namesake', (_name, after) => {
    const namesake: Provider = { name: 'Relay', 'base-url': 'https://namesake.example/v1' };
    const list = listOf([relay, namesake]);
    const planned = changeTo(list, relay, after);
    const between = intermediateWrite(planned, list, NOT_REVERTED)!;
    expect(between.entry).toEqual({
      name: 'Relay',
      'base-url': relay['base-url'],
      models: [{ name: 'm' }],
    });
    expect(finalWrite(planned, between, between.providers)?.providers).toEqual(planned.providers);
  });

  test('is marked where the server would merge the bare entry with another', () => {
    const key: Provider = { 'api-key': 'K', 'base-url': 'https://g.example', headers: { 'X-A': '1' } };
    const twin: Provider = { 'api-key': 'K', 'base-url': 'https://g.example', priority: 3 };
    const list = listOf([key, twin], 'gemini-api-key');
    const between = intermediateWrite(changeTo(list, key, null), list, NOT_REVERTED)!;
    expect(between.entry).toEqual({
      'api-key': 'K',
      'base-url': 'https://g.example',
      prefix: 'keyferry-intermediate',
    });
  });

  describe('of several entries', () => {
    const namesake: Provider = { name: 'Relay', 'base-url': 'https://namesake.example/v1' };
    const plain: Provider = { name: 'B', 'base-url': 'https://b.example/v1' };
    const manyOf = (before: Provider[], changes: [Provider | null, Provider | null][], after: Provider[]) => {
      const list = listOf(before);
      const many = { changes: changes.map(([was, is]) => ({ before: was, after: is })), providers: after };
      const first = intermediateOfMany(many, list);
      const planned: EntryChange = {
        ...changeTo(list, changes[0]![0]!, changes[0]![1]),
        providers: after,
        whole: true,
        ...(first && { first }),
      };
      return { planned, between: intermediateWrite(planned, list, NOT_REVERTED) };
    };

    test('swaps each that loses a header, and none if one was changed meanwhile', () => {
      const [a, b] = [
        { ...relay, headers: { 'X-B': 'b' } },
        { ...relay, name: 'B', headers: { 'X-A': 'a' } },
      ];
      const was = { ...relay, name: 'B' };
      const { planned, between } = manyOf(
        [relay, other, was],
        [
          [relay, a],
          [was, b],
        ],
        [a, other, b],
      );
      expect(between!.providers.map(({ headers }) => headers)).toEqual([undefined, undefined, undefined]);
      const final = finalWrite(planned, between!, between!.providers);
      expect(final).toMatchObject({ providers: [a, other, b] });
      const meddled = between!.providers.with(2, { ...b, headers: { 'X-Z': 'z' } });
      expect(finalWrite(planned, between!, meddled)).toBeUndefined();
    });

    const bare: Provider = { name: 'Relay', 'base-url': relay['base-url'], models: [{ name: 'm' }] };
    const [raised, renamed] = [
      { ...plain, priority: 1 },
      { ...relay, name: 'New' },
    ];

    test.each<[string, Provider | null, Provider[], Provider[]]>([
      ['goes', null, [raised, other, namesake], [bare, raised, other, namesake]],
      ['gets another name', renamed, [renamed, raised, other, namesake], [bare, raised, other, namesake]],
    ])(
      'has one that %s and leaves a namesake without maps in its place',
      (_what, after, planned, expected) => {
        const changes: [Provider | null, Provider | null][] = [
          [relay, after],
          [plain, raised],
          [null, other],
        ];
        const { planned: made, between } = manyOf([relay, plain, namesake], changes, planned);
        expect(between!.providers).toEqual(expected);
        expect(finalWrite(made, between!, between!.providers)?.providers).toEqual(planned);
      },
    );

    test.each<[string, Provider[]]>([
      ['leave no namesake', [relay, plain]],
      ['have no map', [namesake, { ...namesake, priority: 2 }, plain]],
    ])('is none where those that go %s', (_what, before) => {
      const { between } = manyOf(
        before,
        [
          [before[0]!, null],
          [plain, null],
        ],
        before.slice(1, -1),
      );
      expect(between).toBeUndefined();
    });
  });

  test('goes before other bytes where a change was reverted', () => {
    const list = listOf([other, relay]);
    const loses = changeTo(list, relay, { ...relay, headers: { 'X-B': 'b' } });
    const keeps = changeTo(list, relay, { ...relay, priority: 1 });
    expect(intermediateWrite(loses, list, { reverted: true })?.entry).not.toHaveProperty('headers');
    expect(intermediateWrite(keeps, list, { reverted: true })).toEqual(otherBytes(keeps));
  });
});
