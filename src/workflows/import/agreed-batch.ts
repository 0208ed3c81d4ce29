import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { changeOf, planBatches, type BatchItem, type BatchPlan } from '../../core/import/plan-batch';
import { holdsPlan } from '../../core/import/planned-again';
import { fail, ok, type Result } from '../../core/result';
import type { Ports } from '../ports';
import { batchHashes } from './open-batch';

export interface AgreedBatch {
  /** Plans on the list of the moment, and only passes the plan that the user saw. */
  decide(config: ProxyConfig): Promise<Result<EntryChange | null>>;
  /** Whether a list that was read back holds what was planned for every key. */
  isApplied(config: ProxyConfig): Promise<boolean>;
  /** The plan that passed last. */
  plan(): BatchPlan;
  /** The configuration that was planned on last, if any. */
  config(): ProxyConfig | undefined;
}

/** The part of a batch that goes into one list; all of `items` are of that list. */
export function agreedBatch(
  ports: Pick<Ports, 'hash'>,
  items: readonly BatchItem[],
  agreed: string,
): AgreedBatch {
  let last: BatchPlan | undefined;
  let seen: ProxyConfig | undefined;
  const plan = (): BatchPlan => {
    if (!last) throw new Error('nothing was agreed to yet');
    return last;
  };
  return {
    async decide(config) {
      seen = config;
      const [fresh] = planBatches(config, items);
      const [hash] = await batchHashes(ports, fresh ? [fresh] : []);
      if (!fresh || hash !== agreed) return fail({ code: 'list-changed' });
      last = fresh;
      return ok(changeOf(fresh));
    },
    async isApplied(config) {
      const { list, rows } = plan();
      const here = selectList(config, list);
      return (
        here.ok && rows.every((row) => row.kind === 'skipped' || holdsPlan(here.value, row.request, row.plan))
      );
    },
    plan,
    config: () => seen,
  };
}
