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
    changeOf: (plan) => changeOf(plan),
    isHeld({ list, rows }, config) {
      const here = selectList(config, list);
      return (
        here.ok && rows.every((row) => row.kind === 'skipped' || holdsPlan(here.value, row.request, row.plan))
      );
    },
  });
