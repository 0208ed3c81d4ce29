import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyView, View } from '../../../src/core/view/view';
import { applyChange, changeOf } from '../../../src/core/view/view-change';
import { accountView, keyView, notice, proved, settings, view } from '../../ui/samples';

const asSent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const keys = (count: number): KeyView[] =>
  Array.from({ length: count }, (_, at) => keyView({ id: `a/${at}`, name: `Key ${at}` }));
const withOne = (all: readonly KeyView[], at: number, more: Partial<KeyView>): KeyView[] =>
  all.map((key, index) => (index === at ? { ...key, ...more } : key));

/** Pictures with a few keys of few names, so that two of them share some, miss some and differ in some. */
const pictures = fc
  .record({
    keys: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
        name: fc.constantFrom('one', 'two'),
        card: fc.constantFrom(null, proved(), proved({ served: 1 })),
        platform: fc.constantFrom(undefined, 'openai'),
      }),
      { selector: ({ id }) => id },
    ),
    accounts: fc.uniqueArray(fc.record({ id: fc.constantFrom('x', 'y', 'z'), keys: fc.nat(2) }), {
      selector: ({ id }) => id,
    }),
    theme: fc.constantFrom('dark' as const, 'light' as const),
    lock: fc.boolean(),
    told: fc.subarray([notice({ kind: 'served', served: 1, total: 1, importId: 'i' })]),
  })
  .map((given): View =>
    view({
      keys: given.keys.map((key) => keyView(key)),
      accounts: given.accounts.map((account) => accountView(account)),
      settings: settings({ theme: given.theme }),
      lock: given.lock,
      notices: given.told,
    }),
  );

describe('what changed in a picture', () => {
  test('makes of the one before the one now, whatever they are', () => {
    fc.assert(
      fc.property(pictures, pictures, (before, now) => {
        expect(asSent(applyChange(asSent(before), asSent(changeOf(before, now))))).toEqual(asSent(now));
      }),
    );
  });

  test('leaves everything else the very object that was there', () => {
    fc.assert(
      fc.property(pictures, pictures, (before, now) => {
        const after = applyChange(before, asSent(changeOf(before, now)));
        for (const key of after.keys) {
          const old = before.keys.find(({ id }) => id === key.id);
          if (old && JSON.stringify(old) === JSON.stringify(key)) expect(key).toBe(old);
        }
        if (JSON.stringify(before.keys) === JSON.stringify(now.keys)) expect(after.keys).toBe(before.keys);
        if (before.settings.theme === now.settings.theme) expect(after.settings).toBe(before.settings);
      }),
    );
  });

  test('is nothing where nothing did', () => {
    const before = view({ keys: keys(5), accounts: [accountView()] });
    expect(changeOf(before, asSent(before))).toEqual({ rest: {} });
    expect(changeOf(view({ keys: [] }), view({ keys: [] }))).toEqual({ rest: {} });
  });

  test.each<[string, (all: KeyView[]) => KeyView[]]>([
    ['one card changed', (all) => withOne(all, 3, { card: proved() })],
    ['a key is new, before all others', (all) => [keyView({ id: 'new' }), ...all]],
    ['a key is gone', (all) => all.toSpliced(4, 1)],
    ['the last key is gone', (all) => all.slice(0, -1)],
    ['an account goes with all its keys', () => []],
  ])('takes as much room among 10,000 keys as among 100: %s', (_what, change) => {
    const sizeAmong = (count: number): number => {
      const before = view({ keys: keys(count) });
      return JSON.stringify(changeOf(before, { ...before, keys: change(asSent(before.keys)) })).length;
    };
    // The numbers of keys that stayed are two digits longer.
    expect(sizeAmong(10_000) - sizeAmong(100)).toBeLessThanOrEqual(8);
    expect(sizeAmong(10_000)).toBeLessThan(1_500);
  });
});
