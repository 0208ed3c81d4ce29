import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refOf } from '../../../src/core/cliproxyapi/find-provider';
import { batchIdentity, planBatch, type BatchItem, type BatchPlan } from '../../../src/core/batch/plan-batch';
import type { ProviderList } from '../../../src/core/cliproxyapi/provider-list';
import { planImport } from '../../../src/core/import/plan';
import { context, deepFreeze, planning } from '../arbitrary';

interface Case {
  list: ProviderList;
  items: BatchItem[];
}

const batches: fc.Arbitrary<Case> = fc
  .tuple(context, fc.array(planning, { minLength: 1, maxLength: 5 }))
  .map(([list, cases]) => ({
    list,
    items: cases.map(({ request }, index) => ({ keyId: `k${index}`, list: list.list, request })),
  }));

const forEveryBatch = (check: (plan: BatchPlan, given: Case) => void): void =>
  fc.assert(
    fc.property(batches, (given) => {
      deepFreeze(given);
      check(planBatch(given.list, given.items), given);
    }),
    { numRuns: 800 },
  );

describe('whatever the list and the keys', () => {
  test('the outcome is that of importing one key after the other', () => {
    forEveryBatch((plan, { list, items }) => {
      let { providers } = list;
      for (const { request } of items) {
        const one = planImport({ ...list, providers }, request);
        if (one.ok) providers = one.value.providers;
      }
      expect(plan.providers).toEqual(providers);
    });
  });

  test('every provider that is not named as touched is the very object that was read, in its place', () => {
    forEveryBatch((plan, { list }) => {
      const touched = new Set(plan.entries.map(({ index }) => index));
      list.providers.forEach((provider, index) => {
        if (!touched.has(index)) expect(plan.providers[index]).toBe(provider);
      });
      for (const { index, before, after, kind } of plan.entries) {
        expect(plan.providers[index]).toBe(after);
        expect(before).toBe(kind === 'create' ? null : list.providers[index]);
      }
      expect(plan.providers.length).toBe(
        list.providers.length + plan.entries.filter(({ kind }) => kind === 'create').length,
      );
    });
  });

  test('every key has a row, and each key that changes something is named by one entry', () => {
    forEveryBatch((plan, { items }) => {
      expect(plan.rows.map(({ keyId }) => keyId)).toEqual(items.map(({ keyId }) => keyId));
      const changing = plan.rows.flatMap((row) =>
        row.kind === 'planned' && row.plan.kind !== 'unchanged' ? [row.keyId] : [],
      );
      expect(plan.entries.flatMap(({ keyIds }) => keyIds).sort()).toEqual(changing.sort());
    });
  });

  test('planning the same keys on what was written finds the last of each provider unchanged', () => {
    forEveryBatch((plan, { list, items }) => {
      const done = { ...list, providers: plan.providers };
      for (const { index, keyIds } of plan.entries) {
        const last = plan.rows.find(({ keyId }) => keyId === keyIds.at(-1));
        if (last?.kind !== 'planned') throw new Error('an entry names a key that was planned');
        const request = items.find(({ keyId }) => keyId === last.keyId)!.request;
        const target = { kind: 'join' as const, ref: refOf(plan.providers[index]!, index) };
        const again = planImport(done, { ...request, target });
        expect(again.ok && again.value.kind).toBe('unchanged');
      }
    });
  });

  test('the same batch on the same list has the same identity', () => {
    forEveryBatch((plan, { list, items }) =>
      expect(batchIdentity(planBatch(list, items))).toBe(batchIdentity(plan)),
    );
  });
});
