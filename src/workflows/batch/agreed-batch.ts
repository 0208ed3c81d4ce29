import type { Provider } from '../../core/cliproxyapi/provider';
import { selectList } from '../../core/cliproxyapi/provider-list';
import {
  batchIdentity,
  changeOf,
  planBatches,
  type BatchItem,
  type BatchPlan,
} from '../../core/batch/plan-batch';
import { holdsPlan } from '../../core/import/planned-again';
import { fail, ok } from '../../core/failures/result';
import { agreed, type Agreed } from '../cliproxyapi/agreed';
import type { Ports } from '../ports';

/** The decisions of the part of a batch that goes into one list; all of `items` are of that list. */
export const agreedBatch = (ports: Ports, items: readonly BatchItem[], hash: string): Agreed<BatchPlan> =>
  agreed(ports, hash, {
    plan(config) {
      const [plan] = planBatches(config, items);
      return plan ? ok(plan) : fail({ code: 'list-changed' });
    },
    identityOf: batchIdentity,
    changeOf(plan) {
      const change = changeOf(plan);
      return change && { ...change, nameWishes: wishesOf(plan) };
    },
    isHeld({ list, rows }, config) {
      const here = selectList(config, list);
      return (
        here.ok && rows.every((row) => row.kind === 'skipped' || holdsPlan(here.value, row.request, row.plan))
      );
    },
  });

/** The relay of each entry, by the first of its keys. */
const wishesOf = ({ entries, rows }: BatchPlan): ReadonlyMap<Provider, string> =>
  new Map(
    entries.flatMap(({ index, after }) => {
      const row = rows.find((one) => one.kind === 'planned' && one.plan.index === index);
      return row?.kind === 'planned' ? [[after, row.request.providerName] as const] : [];
    }),
  );
