import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planEdit } from '../../../src/core/entries/edit';
import type { EntryEdit } from '../../../src/core/entries/entry-edit';
import { listTraits } from '../../../src/core/cliproxyapi/lists/table';
import { isPaused, keyEntries, type KeyEntry, type Provider } from '../../../src/core/cliproxyapi/provider';
import type { KeyPlace } from '../../../src/core/cliproxyapi/provider-list';
import { context, deepFreeze } from '../arbitrary';

const edits: fc.Arbitrary<EntryEdit> = fc.record(
  {
    paused: fc.boolean(),
    name: fc.constantFrom('relay', 'new name', ' '),
    priority: fc.constantFrom('0', '2', '-1', 'x'),
    prefix: fc.constantFrom('', 'team', '/team/', 'a/b'),
    weight: fc.constantFrom('', '0', '7', '1.5', '1000001'),
    proxyUrl: fc.constantFrom('', 'direct', 'http://proxy.example:1', 'nonsense'),
    remove: fc.constantFrom('key', 'entry'),
  },
  { requiredKeys: [] },
);

const places: fc.Arbitrary<KeyPlace> = context
  .filter(({ providers }) => providers.length > 0)
  .chain((list) =>
    fc.nat(list.providers.length - 1).chain((index) =>
      fc.nat(Math.max(0, keyEntries(list.providers[index]!).length - 1)).map((keyIndex) => ({
        ...list,
        version: '7.2.140',
        index,
        keyIndex,
      })),
    ),
  );

/** What an edit may change of a key. */
const keyFields = (key: KeyEntry): object => ({ weight: key['weight'], 'proxy-url': key['proxy-url'] });

const EDITABLE = [
  'disabled',
  'excluded-models',
  'name',
  'priority',
  'prefix',
  'weight',
  'proxy-url',
  'api-key-entries',
];

function forEveryEdit(
  check: (plan: ReturnType<typeof planEdit>, place: KeyPlace, edit: EntryEdit) => void,
): void {
  fc.assert(
    fc.property(places, edits, (place, edit) => {
      deepFreeze(place);
      check(planEdit(place, edit), place, edit);
    }),
    { numRuns: 1500 },
  );
}

describe('whatever the list and the edit', () => {
  test('every other entry is the very object that was read, in its order', () => {
    forEveryEdit((plan, { providers, index }) => {
      if (!plan.ok || !plan.value) return;
      const { after } = plan.value.change;
      const left = plan.value.change.providers.filter((entry) => entry !== after);
      expect(left).toEqual(providers.filter((_, at) => at !== index));
      left.forEach((entry) => expect(providers).toContain(entry));
    });
  });

  test('only what was named is touched, on the entry and on its keys', () => {
    forEveryEdit((plan, { list, providers, index, keyIndex }) => {
      if (!plan.ok || !plan.value?.change.after) return;
      const before = providers[index]!;
      const { after, fields } = plan.value.change;
      expect(EDITABLE).toEqual(expect.arrayContaining(fields));
      if (listTraits(list).keyPerEntry) return expect(after['api-key']).toBe(before['api-key']);
      const [was, is] = [keyEntries(before), keyEntries(after)];
      if (is.length < was.length) return expect(is).toEqual(was.toSpliced(keyIndex, 1));
      was.forEach((key, at) => {
        if (at !== keyIndex) return expect(is[at]).toBe(key);
        expect({ ...is[at], ...keyFields(key) }).toEqual({ ...key, ...keyFields(key) });
      });
    });
  });

  test('a provider never loses its last key', () => {
    forEveryEdit((plan, { list, providers, index }, edit) => {
      const keys = keyEntries(providers[index]!).length;
      if (edit.remove !== 'key' || listTraits(list).keyPerEntry) return;
      if (keys < 2) expect(plan).toMatchObject({ ok: false, failure: { code: 'last-key' } });
      else expect(plan.ok && keyEntries(plan.value!.change.after!)).toHaveLength(keys - 1);
    });
  });

  test('is paused or on afterwards as was asked, and the same edit again does nothing', () => {
    forEveryEdit((plan, place, edit) => {
      if (!plan.ok || edit.remove) return;
      const after = plan.value?.change.after ?? place.providers[place.index]!;
      if (edit.paused !== undefined) expect(isPaused(after)).toBe(edit.paused);
      const again = { ...place, providers: plan.value?.change.providers ?? place.providers };
      expect(planEdit(again, edit)).toEqual({ ok: true, value: null });
    });
  });

  test('no key and no password of a proxy stands in what is shown', () => {
    forEveryEdit((plan) => {
      const changes = plan.ok ? (plan.value?.changes ?? []) : [];
      expect(JSON.stringify(changes)).not.toMatch(/0{9}[12]/);
    });
  });
});

const relay: Provider = {
  name: 'Relay',
  'base-url': 'https://relay.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-one-000000000001' }, { 'api-key': 'sk-two-000000000002', weight: 2 }],
  models: [{ name: 'm', alias: 'mm' }],
};
const place: KeyPlace = {
  list: 'openai-compatibility',
  providers: [relay, { name: 'Other', 'base-url': 'https://other.example/v1' }],
  others: [],
  forcePrefix: false,
  version: '7.2.140',
  index: 0,
  keyIndex: 1,
};
const failureOf = (edit: EntryEdit, at = place): unknown => {
  const plan = planEdit(at, edit);
  return plan.ok ? undefined : plan.failure;
};

test('what cannot be is said', () => {
  expect(failureOf({ name: ' ' })).toEqual({ code: 'name-missing' });
  expect(failureOf({ name: 'other ' })).toEqual({ code: 'name-in-use', name: 'other' });
  expect(failureOf({ name: 'RELAY' })).toBeUndefined();
  expect(failureOf({ priority: '1.5' })).toEqual({ code: 'bad-priority' });
  expect(failureOf({ prefix: 'a/b' })).toEqual({ code: 'bad-prefix' });
  expect(failureOf({ weight: '1000001' })).toEqual({ code: 'bad-weight' });
  expect(failureOf({ proxyUrl: 'proxy.example' })).toEqual({ code: 'bad-proxy' });
  expect(failureOf({ weight: '3' }, { ...place, version: '7.2.103' })).toEqual({
    code: 'field-too-new',
    field: 'weight',
    since: '7.2.104',
    version: '7.2.103',
  });
});

test('a removal is shown in full', () => {
  const plan = planEdit(place, { remove: 'entry' });
  expect(plan.ok && plan.value?.changes).toMatchObject([
    { sign: '−', kind: 'provider', name: 'Relay' },
    { sign: '−', kind: 'keys', masks: ['sk-…01', 'sk-…02'] },
    { sign: '−', kind: 'models', models: [{ name: 'm', alias: 'mm' }] },
    { sign: '=', kind: 'rest', providers: 1 },
  ]);
});
