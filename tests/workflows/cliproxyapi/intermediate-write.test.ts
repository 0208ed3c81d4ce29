import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntryChange } from '../../../src/core/cliproxyapi/entry-change';
import { planImport } from '../../../src/core/import/plan';
import { keyEntries, modelsOf, type Provider } from '../../../src/core/cliproxyapi/provider';
import { otherBytes, finalWrite } from '../../../src/workflows/cliproxyapi/intermediate-write';
import { deepFreeze, planning } from '../../core/arbitrary';

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

describe('a detour to other bytes', () => {
  test('differs from the list that a reload took back, and leaves everybody else the very objects that they are', () => {
    fc.assert(
      fc.property(change, (planned) => {
        const detour = otherBytes(planned);
        fc.pre(detour !== undefined);
        expect(JSON.stringify(detour.providers)).not.toBe(JSON.stringify(planned.providers));
        const others = detour.providers.filter((provider) => provider !== detour.entry);
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
        const detour = otherBytes(planned);
        fc.pre(detour !== undefined);
        const back = finalWrite(planned, detour, JSON.parse(JSON.stringify(detour.providers)) as Provider[]);
        expect(back?.providers).toEqual(planned.providers);
        expect(back?.after).toBe(planned.after);
      }),
    );
  });

  test('leads nowhere when somebody changed the entry meanwhile', () => {
    fc.assert(
      fc.property(change, (planned) => {
        const detour = otherBytes(planned);
        fc.pre(detour !== undefined);
        const meddled = detour.providers.map((provider) =>
          provider === detour.entry ? { ...provider, prefix: 'meddled' } : provider,
        );
        expect(finalWrite(planned, detour, meddled)).toBeUndefined();
      }),
    );
  });
});
