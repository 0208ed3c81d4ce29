import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { relayIdentity } from '../../../src/core/base-url';
import { compareEntries, type Comparison } from '../../../src/core/carry-over/compare';
import { isCarried, placeOfCarried } from '../../../src/core/carry-over/held';
import { planCarry, type ListCarry } from '../../../src/core/carry-over/plan';
import { listTraits } from '../../../src/core/cliproxyapi/lists/table';
import {
  baseUrlOf,
  isPaused,
  keyEntries,
  modelsOf,
  nameOf,
  sameName,
  upstreamOf,
  type Provider,
} from '../../../src/core/cliproxyapi/provider';
import type { ProviderList } from '../../../src/core/cliproxyapi/provider-list';
import { contextOf, deepFreeze, listNames } from '../arbitrary';

interface Case {
  there: ProviderList;
  here: ProviderList;
  found: Comparison;
}

const twoLists = listNames.chain((list) => fc.tuple(contextOf(list), contextOf(list)));

/** Runs a check over the comparison of two random lists, and over the plan for all that is missing. */
function forEveryTwo(check: (given: Case, plan: ListCarry) => void): void {
  fc.assert(
    fc.property(twoLists, ([there, here]) => {
      deepFreeze([there, here]);
      const found = compareEntries(here.list, there.providers, here.providers);
      check({ there, here, found }, planCarry(here, found.missing));
    }),
    { numRuns: 1500 },
  );
}

const relayOf = (entry: Provider): string => relayIdentity(baseUrlOf(entry));
const keysOf = (entry: Provider): string[] =>
  keyEntries(entry).flatMap((key) => key['api-key']?.trim() || []);
/** Relay and key of each key of a list. */
const heldIn = (providers: readonly Provider[]): Set<string> =>
  new Set(providers.flatMap((entry) => keysOf(entry).map((key) => `${relayOf(entry)} ${key}`)));

describe('whatever the two lists', () => {
  test('every key that is there is here after all was carried, or is said not to be', () => {
    forEveryTwo(({ there, found }, { providers, leftOut }) => {
      const after = heldIn(providers);
      const said = new Set(
        [
          ...found.uncarried.flatMap(({ entry }) => (entry ? [entry] : [])),
          ...leftOut.map(({ missing }) => missing.entry),
        ].flatMap((entry) => [...heldIn([entry])]),
      );
      for (const key of heldIn(there.providers)) expect(after.has(key) || said.has(key)).toBe(true);
    });
  });

  test('every entry without a key is here after all was carried, or is said not to be', () => {
    forEveryTwo(({ there, found }, { providers }) => {
      for (const entry of there.providers) {
        if (keysOf(entry).length > 0) continue;
        const isHere = providers.some(
          (other) => relayOf(other) === relayOf(entry) && keysOf(other).length === 0,
        );
        expect(isHere || found.uncarried.some((one) => one.entry === entry)).toBe(true);
      }
    });
  });

  test('every model of a key that both have is here after all was carried, or is said not to be', () => {
    forEveryTwo(({ there, found }, { list, providers, leftOut, uncarried }) => {
      const catalogue = listTraits(list).withoutModels === 'catalogue';
      for (const entry of there.providers) {
        if (leftOut.some(({ missing }) => missing.entry === entry)) continue;
        const said = [...found.uncarried, ...uncarried].filter((one) => one.entry === entry);
        if (said.some(({ names }) => !names)) continue;
        const not = new Set(said.flatMap(({ names }) => names ?? []));
        for (const key of keysOf(entry)) {
          const homes = providers.filter(
            (other) => relayOf(other) === relayOf(entry) && keysOf(other).includes(key),
          );
          if (homes.length !== 1 || (catalogue && modelsOf(homes[0]!).length === 0)) continue;
          const known = new Set(modelsOf(homes[0]!).map(upstreamOf));
          for (const name of modelsOf(entry).map(upstreamOf))
            expect(!name || known.has(name) || not.has(name)).toBe(true);
        }
      }
    });
  });

  test('once all is carried nothing is missing but of what was said not to be', () => {
    forEveryTwo(({ there, here, found }, { providers, leftOut, uncarried }) => {
      const again = compareEntries(here.list, there.providers, providers);
      const left = new Set(
        [...leftOut.map(({ missing }) => missing), ...uncarried, ...found.uncarried].map(
          ({ entry }) => entry,
        ),
      );
      expect(again.missing.filter(({ entry }) => !left.has(entry))).toEqual([]);
    });
  });

  test('a list lacks nothing of itself, in any order', () => {
    forEveryTwo(({ there }) => {
      expect(compareEntries(there.list, there.providers, there.providers).missing).toEqual([]);
      expect(compareEntries(there.list, there.providers, there.providers.toReversed()).missing).toEqual([]);
    });
  });

  test('the entries here stay in their order, and those that nothing goes into are the very objects', () => {
    forEveryTwo(({ here }, { providers, entries }) => {
      here.providers.forEach((entry, at) => {
        const changed = entries.find(({ before }) => before === entry);
        expect(providers[at]).toBe(changed ? changed.after : entry);
      });
      expect(providers.length).toBe(
        here.providers.length + entries.filter(({ kind }) => kind === 'create').length,
      );
    });
  });

  test('an entry here keeps all its fields, keys and models, and gets keys and models behind them only', () => {
    forEveryTwo((_, { entries }) => {
      for (const { before, after } of entries) {
        if (!before) continue;
        const { 'api-key-entries': keys, models, ...rest } = after;
        const { 'api-key-entries': oldKeys, models: oldModels, ...oldRest } = before;
        expect(rest).toEqual(oldRest);
        (oldKeys ?? []).forEach((key, at) => expect(keys?.[at]).toBe(key));
        (oldModels ?? []).forEach((model, at) => expect(models?.[at]).toBe(model));
      }
    });
  });

  test('a new entry is as it is there, but for a name that is taken and keys that are here', () => {
    forEveryTwo(({ there, here }, { entries }) => {
      for (const { before, after, index } of entries) {
        if (before) continue;
        const { name, 'api-key-entries': keys, ...rest } = after;
        const origin = there.providers.find((entry: Provider) => {
          const { name: _name, 'api-key-entries': _keys, ...fields } = entry;
          return JSON.stringify(fields) === JSON.stringify(rest);
        });
        expect(origin).toBeDefined();
        for (const key of keys ?? [])
          expect(there.providers.some((entry) => keyEntries(entry).includes(key))).toBe(true);
        if (listTraits(here.list).keyPerEntry) expect(there.providers).toContain(after);
        else
          expect(
            here.providers.some((other, at) => at !== index && sameName(nameOf(other), name ?? '')),
          ).toBe(false);
      }
    });
  });

  test('nothing is switched on: a key of entries that are all paused there is on nowhere where it was not', () => {
    forEveryTwo(({ there, here }, { providers }) => {
      const on = heldIn(there.providers.filter((entry) => !isPaused(entry)));
      const wasOn = heldIn(here.providers.filter((entry) => !isPaused(entry)));
      for (const key of heldIn(providers.filter((entry) => !isPaused(entry))))
        expect(on.has(key) || wasOn.has(key)).toBe(true);
    });
  });

  test('the list after the write holds every entry of the plan, and the one before it none', () => {
    forEveryTwo(({ here }, { providers, entries }) => {
      for (const entry of entries) {
        expect(isCarried(entry, here.providers)).toBe(false);
        expect(isCarried(entry, providers)).toBe(true);
        expect(placeOfCarried(entry, providers)).toBeGreaterThanOrEqual(0);
      }
    });
  });

  test('carrying a part of it changes nothing of what the rest would bring', () => {
    forEveryTwo(({ there, here, found }) => {
      const [first, ...rest] = found.missing;
      if (!first) return;
      const { providers } = planCarry(here, rest);
      const again = compareEntries(here.list, there.providers, providers).missing;
      for (const missing of again)
        expect(found.missing.some(({ entry }) => entry === missing.entry)).toBe(true);
    });
  });
});
