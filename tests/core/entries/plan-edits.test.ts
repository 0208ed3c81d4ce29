import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intermediateWrite, finalWrite } from '../../../src/core/cliproxyapi/intermediate-write';
import { listTraits } from '../../../src/core/cliproxyapi/lists/table';
import { keyEntries, type Provider } from '../../../src/core/cliproxyapi/provider';
import type { ProviderList } from '../../../src/core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../../src/core/cliproxyapi/proxy-config';
import type { EntriesEdit } from '../../../src/core/entries/entry-edit';
import {
  editsChange,
  planAllEdits,
  planEdits,
  type ChosenEntry,
  type ListEdits,
} from '../../../src/core/entries/plan-edits';
import { context, deepFreeze } from '../arbitrary';

const orders: fc.Arbitrary<EntriesEdit> = fc.record({
  edit: fc.constantFrom<EntriesEdit['edit']>(
    { paused: true },
    { paused: false },
    { priority: '3' },
    { priority: 'x' },
    { proxyUrl: 'direct' },
    { proxyUrl: '' },
    { prefix: 'team' },
    { prefix: 'a/b' },
    { prefix: '' },
    { remove: 'key' },
  ),
  emptied: fc.boolean(),
});

const choices: fc.Arbitrary<{ list: ProviderList; chosen: ChosenEntry[] }> = context.chain((list) =>
  fc
    .tuple(
      ...list.providers.map((entry, index) =>
        fc.option(
          fc
            .subarray([...keyEntries(entry).keys()])
            .map((keys): ChosenEntry => ({ index, keys: keys.toSorted((a, b) => a - b) })),
        ),
      ),
    )
    .map((all) => ({ list, chosen: all.filter((entry) => entry !== null) })),
);

const forEveryEdit = (
  check: (plan: ListEdits, list: ProviderList, chosen: ChosenEntry[], order: EntriesEdit) => void,
): void =>
  fc.assert(
    fc.property(choices, orders, ({ list, chosen }, order) => {
      deepFreeze(list);
      check(planEdits(list, chosen, order), list, chosen, order);
    }),
    { numRuns: 1500 },
  );

describe('whatever is chosen and asked', () => {
  test('entries that were not chosen are the very objects that were read, in their order', () => {
    forEveryEdit((plan, { providers }, chosen) => {
      const others = providers.filter((_, at) => !chosen.some(({ index }) => index === at));
      expect(plan.providers.filter((entry) => others.includes(entry))).toEqual(others);
      const touched = new Set(plan.entries.map(({ index }) => index));
      const left = providers.filter((_, at) => !touched.has(at));
      expect(plan.providers.filter((entry) => left.includes(entry))).toHaveLength(left.length);
      const goes = plan.entries.filter(({ after }) => after === null).length;
      expect(plan.providers).toHaveLength(providers.length - goes);
    });
  });

  test('a chosen entry is changed, is so already, or is left out with its reason', () => {
    forEveryEdit(({ entries, leftOut, unchanged }, _list, chosen) => {
      for (const { index } of chosen) {
        const changed = entries.some((entry) => entry.index === index);
        expect(changed || unchanged.includes(index) || leftOut.some((one) => one.index === index)).toBe(true);
        expect(changed && unchanged.includes(index)).toBe(false);
      }
      expect(entries.map(({ index }) => index)).toEqual(
        entries.map(({ index }) => index).toSorted((a, b) => a - b),
      );
    });
  });

  test('keys that were not chosen stay, and no provider is left without its last key', () => {
    forEveryEdit((plan, { list, providers }, chosen, { edit, emptied }) => {
      if (edit.remove === undefined || listTraits(list).keyPerEntry) return;
      for (const { index, before, after } of plan.entries) {
        const { keys } = chosen.find((entry) => entry.index === index)!;
        const all = keyEntries(before);
        const kept = all.filter((_, at) => keys.length > 0 && !keys.includes(at));
        if (after === null) {
          expect(kept).toEqual([]);
          expect(keys.length === 0 || emptied).toBe(true);
        } else {
          expect(keyEntries(after).length).toBeGreaterThan(0);
          expect(keyEntries(after)).toEqual(expect.arrayContaining(kept));
        }
      }
      for (const entry of plan.providers) {
        const read = providers.find((one) => one === entry);
        if (!read) expect(keyEntries(entry).length).toBeGreaterThan(0);
      }
    });
  });

  test('the same change again has nothing to do', () => {
    forEveryEdit((plan, list, chosen, order) => {
      if (order.edit.remove !== undefined) return;
      const again = planEdits({ ...list, providers: plan.providers }, chosen, order);
      expect(again.entries).toEqual([]);
      expect(editsChange(again, list)).toBeNull();
    });
  });

  test('no key and no password of a proxy stands in what is shown', () => {
    forEveryEdit(({ entries }) => {
      expect(JSON.stringify(entries.map(({ changes }) => changes))).not.toMatch(/0{9}[12]/);
    });
  });
});

const provider = (name: string, keys: string[], more: Partial<Provider> = {}): Provider => ({
  name,
  'base-url': `https://${name}.example/v1`,
  'api-key-entries': keys.map((key) => ({ 'api-key': `sk-${key}` })),
  models: [{ name: 'm', alias: 'm' }],
  ...more,
});
const listOf = (...providers: Provider[]): ProviderList => ({
  list: 'openai-compatibility',
  providers,
  others: [],
  forcePrefix: false,
  version: '7.2.140',
});
const remove: EntriesEdit = { edit: { remove: 'key' }, emptied: false };

test('of chosen keys that are all of a provider the last one stays, or the provider goes if that was asked', () => {
  const list = listOf(provider('a', ['one', 'two']), provider('b', ['three']));
  const chosen = [
    { index: 0, keys: [0, 1] },
    { index: 1, keys: [0] },
  ];
  const plan = planEdits(list, chosen, remove);
  expect(plan.leftOut).toEqual([
    { index: 1, keyIndex: 0, failure: { code: 'last-key' } },
    { index: 0, keyIndex: 0, failure: { code: 'last-key' } },
  ]);
  expect(plan.providers.map((entry) => keyEntries(entry).length)).toEqual([1, 1]);
  const whole = planEdits(list, chosen, { ...remove, emptied: true });
  expect(whole).toMatchObject({ providers: [], leftOut: [], entries: [{ after: null }, { after: null }] });
});

test('several keys that leave one provider are one line, and one entry of the plan', () => {
  const { entries } = planEdits(
    listOf(provider('a', ['one-000000001', 'two-000000002', 'three-00003'])),
    [{ index: 0, keys: [0, 2] }],
    remove,
  );
  expect(entries).toHaveLength(1);
  expect(entries[0]!.changes.map(({ kind }) => kind)).toEqual(['provider', 'keys', 'in-it']);
  expect(entries[0]!.changes[1]).toMatchObject({ masks: ['sk-…01', 'sk-…03'] });
});

test('one changed entry goes as a change of one, several with the whole list', () => {
  const list = listOf(provider('a', ['one']), provider('b', ['two']), provider('c', ['three']));
  const pause: EntriesEdit = { edit: { paused: true }, emptied: false };
  const one = editsChange(planEdits(list, [{ index: 1, keys: [] }], pause), list);
  expect(one).toMatchObject({ kind: 'update', whole: false, fields: ['disabled'] });
  const both = [0, 1].map((index) => ({ index, keys: [] }));
  expect(editsChange(planEdits(list, both, pause), list)).toMatchObject({ whole: true, fields: [] });
});

test('of several that go, one that leaves a namesake goes by way of a list without its maps', () => {
  const headers = { headers: { 'X-A': '1' } };
  const list = listOf(
    provider('a', ['one'], headers),
    provider('a', ['two']),
    provider('b', ['three'], headers),
    provider('c', ['four']),
  );
  const chosen = [0, 2].map((index) => ({ index, keys: [] }));
  const change = editsChange(planEdits(list, chosen, remove), list)!;
  const between = intermediateWrite(change, list, { reverted: false })!;
  expect(between.providers.map((entry) => [entry.name, 'headers' in entry])).toEqual([
    ['a', false],
    ['a', false],
    ['c', false],
  ]);
  expect(between.providers.slice(1)).toEqual(change.providers);
  expect(finalWrite(change, between, between.providers)?.providers).toEqual(change.providers);
  expect(finalWrite(change, between, change.providers)).toBeUndefined();
  const alone = editsChange(
    planEdits(
      list,
      [
        { index: 2, keys: [] },
        { index: 3, keys: [] },
      ],
      remove,
    ),
    list,
  )!;
  expect(intermediateWrite(alone, list, { reverted: false })).toBeUndefined();
});

test('a list that this server may not have written is left out, and the others are changed', () => {
  const config: ProxyConfig = {
    root: 'http://proxy.example',
    version: '7.2.60',
    supportsPlugins: true,
    forcePrefix: false,
    proxyKeys: [],
    lists: {
      'openai-compatibility': [provider('a', ['one'])],
      'claude-api-key': [{ 'api-key': 'sk-two' }],
    },
  };
  const chosen = [{ index: 0, keys: [0] }];
  const plans = planAllEdits(
    config,
    new Map([
      ['openai-compatibility', chosen],
      ['claude-api-key', chosen],
      ['xai-api-key', chosen],
    ]),
    { edit: { paused: true }, emptied: false },
  );
  expect(plans).toMatchObject([
    { list: 'openai-compatibility', entries: [{ index: 0 }], leftOut: [] },
    { list: 'claude-api-key', entries: [{ index: 0 }], leftOut: [] },
    { list: 'xai-api-key', entries: [], leftOut: [{ failure: { code: 'list-too-new' } }] },
  ]);
});
