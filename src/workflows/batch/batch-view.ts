import { shownUrl } from '../../core/base-url';
import {
  baseUrlOf,
  isPaused,
  keyEntries,
  modelsOf,
  nameOf,
  type Provider,
} from '../../core/cliproxyapi/provider';
import { entryAt } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { BatchProvider, BatchView } from '../../core/batch/batch';
import { batchIdentity, planBatches, type BatchItem, type BatchPlan } from '../../core/batch/plan-batch';
import type { ImportRequest } from '../../core/import/plan';
import { amountsOf, sumChanges, sumPlans, type PlanSum } from '../../core/import/plan-sum';
import { pooledOf } from '../../core/batch/pooled-names';
import { chatNames } from '../../core/aliases/proposed-models';
import { fileNotices } from '../../core/cliproxyapi/v8/file-notices';
import { groupBy } from '../../core/group-by';
import { planHash } from '../cliproxyapi/plan-hash';
import type { Ports } from '../ports';
import type { Batch, OpenedKey } from './batch-run';
import { withoutCandidates } from '../import/plan-view';

export const batchHash = (ports: Ports, config: ProxyConfig, plan: BatchPlan): Promise<string> =>
  planHash(ports, config, batchIdentity(plan));

/** The plans for the keys of a batch, without any key text. */
export async function viewBatch(
  ports: Ports,
  batch: Batch,
  config: ProxyConfig,
  items: readonly BatchItem[],
): Promise<BatchView> {
  const plans = planBatches(config, items);
  const rows = plans.flatMap((plan) => plan.rows);
  const known = new Map(batch.keys.map((key) => [key.facts.id, key]));
  const keyOf = (id: string): OpenedKey => {
    const key = known.get(id);
    if (!key) throw new Error('a batch plans its own keys');
    return key;
  };
  const about = ({ id, name, mask }: OpenedKey['facts']) => ({ keyId: id, name, mask });
  const skipped = rows.flatMap((row) =>
    row.kind === 'skipped'
      ? [{ ...about(keyOf(row.keyId).facts), failure: withoutCandidates(row.failure) }]
      : [],
  );
  const failed = batch.failed.map(({ facts, failure }) => ({ ...about(facts), failure }));
  const notices = rows.flatMap((row) => (row.kind === 'planned' ? row.plan.notices : []));
  const providers = plans.flatMap((plan) => providersOf(plan, keyOf));
  return {
    providers,
    skipped: [...failed, ...skipped],
    pooled: pooledOf(notices),
    leftOut: sum(notices, (notice) =>
      notice.kind === 'left-out' || notice.kind === 'brackets' ? notice.models.length : 0,
    ),
    dropped: sum(items, ({ keyId, request, beyond = 0 }) => {
      const taken = new Set(modelNames(request));
      return chatNames(keyOf(keyId).names).length - taken.size - beyond;
    }),
    beyond: {
      models: sum(items, ({ beyond = 0 }) => beyond),
      names: items.flatMap(({ keyId, beyond }) => (beyond ? [keyOf(keyId).facts.name] : [])),
    },
    barred: [...new Set(items.flatMap(({ keyId }) => keyOf(keyId).barred ?? []))],
    languages: languagesOf(plans, keyOf),
    file: fileNotices(
      config,
      plans.flatMap(({ list, entries }) => (entries.length > 0 ? [list] : [])),
    ),
    sum: sumBatch(plans),
    keys: rows.filter(({ kind }) => kind === 'planned').length,
    unchanged: plans.every(({ entries }) => entries.length === 0),
    hash: (await Promise.all(plans.map((plan) => batchHash(ports, config, plan)))).join('.'),
  };
}

/** What the rows add and change, and all that no row touches. */
function sumBatch(plans: readonly BatchPlan[]): PlanSum {
  const rows = plans.flatMap((plan) => plan.rows);
  const done = sumPlans(rows.map((row) => (row.kind === 'planned' ? sumChanges(row.plan.changes) : {})));
  const stays = plans.flatMap(({ providers, entries }) => {
    const touched = new Set(entries.map(({ index }) => index));
    return [
      ...providers.flatMap((entry, index) => (touched.has(index) ? [] : [{ entry, providers: 1 }])),
      ...entries.flatMap(({ before }) => (before ? [{ entry: before, providers: 0 }] : [])),
    ];
  });
  return {
    ...done,
    stays: amountsOf({
      providers: sum(stays, (one) => one.providers),
      keys: sum(stays, ({ entry }) => keyEntries(entry).length),
    }),
  };
}

const sum = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((all, item) => all + count(item), 0);

function providersOf(plan: BatchPlan, keyOf: (id: string) => OpenedKey): BatchProvider[] {
  const planned = plan.rows.flatMap((row) => (row.kind === 'planned' ? [row] : []));
  return [...groupBy(planned, (row) => row.plan.index)].map(([index, rows]) => {
    const entry = plan.entries.find((candidate) => candidate.index === index);
    const after = entryAt({ providers: plan.providers, index });
    const offered = new Set(rows.map(({ request }) => modelNames(request).sort().join('\n')));
    const known = entry?.before ? keyEntries(entry.before).length : 0;
    return {
      kind: entry?.kind ?? 'unchanged',
      list: plan.list,
      name: shownName(
        after,
        rows.map(({ keyId }) => keyOf(keyId).facts.relayName),
      ),
      baseUrl: shownUrl(baseUrlOf(after)),
      keys: rows.map(({ keyId, plan: { keyIndex } }) => {
        const { name, mask } = keyOf(keyId).facts;
        return { keyId, name, mask, isNew: entry !== undefined && keyIndex >= known };
      }),
      models: entry ? modelsOf(after).length - (entry.before ? modelsOf(entry.before).length : 0) : 0,
      differs: offered.size > 1,
      disabled: isPaused(after),
    };
  });
}

/** Which keys go into lists whose language their relays do not speak, or may not. */
const languagesOf = (plans: readonly BatchPlan[], keyOf: (id: string) => OpenedKey): BatchView['languages'] =>
  plans.flatMap(({ list, rows }) =>
    (['unspoken', 'unsure'] as const).flatMap((kind) => {
      const names = rows.flatMap((row) =>
        row.kind === 'planned' && row.plan.notices.some((notice) => notice.kind === kind)
          ? [keyOf(row.keyId).facts.name]
          : [],
      );
      return names.length > 0 ? [{ kind, list, names }] : [];
    }),
  );

/** Entries of most lists have no name of their own: the relay's tells more than its address, which stands below. */
const shownName = (after: Provider, relays: readonly string[]): string =>
  nameOf(after) || [...new Set(relays)].join(', ');

const modelNames = ({ models }: ImportRequest): string[] => models.map(({ name }) => name);
