import { aliasModels, quickRules } from '../../core/aliases/alias-models';
import { baseUrlFromAddress, relayIdentity, withoutUser } from '../../core/base-url';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { listRefusal } from '../../core/cliproxyapi/lists/list-allowed';
import {
  BATCH_DEFAULTS,
  type BatchOptions,
  type BatchProvider,
  type BatchView,
} from '../../core/import/batch';
import type { Failure } from '../../core/failure';
import { groupBy } from '../../core/group-by';
import { sameKey } from '../../core/key-text';
import { modelKind } from '../../core/aliases/model-kind';
import { batchIdentity, planBatches, type BatchItem, type BatchPlan } from '../../core/import/plan-batch';
import type { ImportRequest } from '../../core/import/plan';
import { baseUrlOf, isPaused, keyEntries, labelOf, type Provider } from '../../core/cliproxyapi/provider';
import { fail, ok, type Result } from '../../core/result';
import { withoutDropped, type NameRules } from '../../core/aliases/apply-rule-set';
import { rulesFor } from '../../core/aliases/rules-for';
import type { Settings } from '../../core/view/settings';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { fewAtOnce } from '../few-at-once';
import { findKey, proposalFor, type KeyFacts } from '../accounts/find-key';
import { listModels } from '../cliproxyapi/list-models';
import { openManagement, writable } from '../cliproxyapi/open-management';
import { withoutCandidates } from './plan-view';
import { pooledOf } from '../../core/import/pooled-names';
import { revealKeys } from '../accounts/reveal-key';
import { showRunning } from '../running';
import type { OpenPlans } from '../open-plans';
import type { Ports } from '../ports';

/** So many relays are asked at once: a slow one holds nobody up, and no relay sees a crowd. */
const AT_ONCE = 4;

/** What the plans of an open batch rest on. */
export interface Batch {
  config: ProxyConfig;
  /** The alias rules that the user may choose, as they stood when it was opened. */
  settings: Settings | null;
  keys: { facts: KeyFacts; text: string; names: string[] }[];
  /** Keys that cannot go along, and why. */
  failed: { facts: KeyFacts; failure: Failure }[];
}
export type Batches = OpenPlans<Batch>;

/**
 * Opens a batch: one read of the proxy's list, the texts of masked keys by the relays' batches, and the models of every
 * key, a few at a time. What fails is listed with its reason; the others go on. Opened again, only what failed is asked.
 */
export async function openBatch(
  ports: Ports,
  batches: Batches,
  { batchId, keyIds }: { batchId: string; keyIds: readonly string[] },
  signal: AbortSignal,
): Promise<Result<BatchView>> {
  const management = await openManagement(ports);
  if (!management.ok) return management;
  const config = await management.value.read(signal);
  if (!config.ok) return config;
  const allowed = await writable(management.value, config.value);
  if (!allowed.ok) return allowed;
  const saved = await ports.saved.read();
  const batch: Batch = {
    config: config.value,
    settings: saved.ok ? saved.value.settings : null,
    keys: [],
    failed: [],
  };
  const found = await Promise.all(keyIds.map((id) => findKey(ports, id)));
  const wanted = found.flatMap((key) => (key.ok ? [key.value] : []));
  batch.keys = (batches.get(batchId)?.keys ?? []).filter((key) =>
    wanted.some(({ id }) => id === key.facts.id),
  );
  const facts = wanted.filter(({ id }) => !batch.keys.some((key) => key.facts.id === id));
  const ids = facts.map(({ id }) => id);
  await showRunning(ports, ids, { importId: batchId, stage: 'listing', served: 0, total: 0 });
  try {
    const texts = await revealKeys(ports, facts);
    const read = async (key: KeyFacts): Promise<void> => {
      const listed = await listOne(key, texts.get(key.id)!);
      await showRunning(ports, key.id, null);
      if (!listed.ok) return void batch.failed.push({ facts: key, failure: listed.failure });
      const twin = batch.keys.find((other) => isTwin(other, key, listed.value.text));
      if (twin) batch.failed.push({ facts: key, failure: { code: 'duplicate', name: twin.facts.name } });
      else batch.keys.push({ facts: key, ...listed.value });
    };
    const listOne = async (
      key: KeyFacts,
      text: Result<string>,
    ): Promise<Result<{ text: string; names: string[] }>> => {
      if (!text.ok) return text;
      const baseUrl = baseUrlFromAddress(key.address);
      if (!baseUrl.ok) return baseUrl;
      const models = await listModels(ports, async () => management, baseUrl.value, text.value, signal);
      return models.ok ? ok({ text: text.value, names: models.value.names }) : models;
    };
    await fewAtOnce(facts, AT_ONCE, read);
  } finally {
    await showRunning(ports, ids, null);
  }
  if (signal.aborted) return fail({ code: 'cancelled' });
  const order = new Map(wanted.map(({ id }, index) => [id, index]));
  batch.keys.sort((a, b) => order.get(a.facts.id)! - order.get(b.facts.id)!);
  batches.set(batchId, batch);
  return ok(await viewBatch(ports, batch, batch.config, itemsOf(batch, batch.config, BATCH_DEFAULTS)));
}

/** The same key at the same relay, as when one of an account was entered by hand, too. */
const isTwin = (other: Batch['keys'][number], key: KeyFacts, text: string): boolean =>
  relayIdentity(other.facts.address) === relayIdentity(key.address) &&
  sameKey(other.text, text, key.optionalPrefix);

/** Plans an open batch with what the dialog holds now. */
export async function planOpenBatch(
  ports: Ports,
  batches: Batches,
  batchId: string,
  options: BatchOptions,
): Promise<Result<BatchView>> {
  const batch = batches.get(batchId);
  if (!batch) return fail({ code: 'unknown-item' });
  return ok(await viewBatch(ports, batch, batch.config, itemsOf(batch, batch.config, options)));
}

/** What is asked of the planner for each key of the batch that the user left in. */
export function itemsOf(batch: Batch, config: ProxyConfig, options: BatchOptions): BatchItem[] {
  const without = new Set(options.without);
  return batch.keys
    .filter(({ facts }) => !without.has(facts.id))
    .map((key) => itemOf(key, nameRulesOf(batch, key, options), config, options));
}

/** Those chosen for the whole batch, else those of the key's own relay. */
const nameRulesOf = (
  { settings }: Batch,
  { facts }: Batch['keys'][number],
  { ruleSet }: BatchOptions,
): NameRules => (settings ? rulesFor(settings, facts.address, ruleSet) : quickRules([]));

function itemOf(
  key: Batch['keys'][number],
  rules: NameRules,
  config: ProxyConfig,
  options: BatchOptions,
): BatchItem {
  const { facts, text, names } = key;
  const row = options.rows[facts.id];
  const proposed = proposalFor(facts).list;
  const fits = listRefusal(proposed, config.version) === undefined;
  const list = row?.list ?? (fits ? proposed : 'openai-compatibility');
  const baseUrl = listTraits(list).baseUrl(facts.address);
  if (!baseUrl.ok) throw new Error('a key whose models were listed has an address');
  const models = aliasModels(withoutDropped(chatOf(names), rules), rules, {});
  const own = options.perKey && !isThere(key, config.lists[list] ?? [], baseUrl.value);
  const providerName = nameFor(facts, own);
  const before = slug(providerName);
  const { priority, prefix, proxyUrl } = { ...options, ...row };
  const request: ImportRequest = {
    key: text,
    optionalPrefix: facts.optionalPrefix,
    baseUrl: baseUrl.value,
    providerName,
    models: options.apart ? models.map((model) => ({ ...model, alias: `${before}/${model.alias}` })) : models,
    target: { kind: own ? 'create' : 'auto' },
    options: {
      ...(priority?.trim() && { priority: Number(priority) }),
      ...(prefix?.trim() && { prefix: prefix.replaceAll('{relay}', slug(facts.relayName)) }),
      ...(proxyUrl?.trim() && { proxyUrl }),
    },
    enable: false,
    correctBaseUrl: false,
    nameModels: false,
  };
  return { keyId: facts.id, list, request };
}

/** A key that has its provider already stays there: another one would be a second time the same. */
function isThere(
  { facts, text }: Batch['keys'][number],
  providers: readonly Provider[],
  baseUrl: string,
): boolean {
  return providers.some(
    (provider) =>
      relayIdentity(baseUrlOf(provider)) === relayIdentity(baseUrl) &&
      keyEntries(provider).some((entry) => sameKey(entry['api-key'] ?? '', text, facts.optionalPrefix)),
  );
}

const chatOf = (names: readonly string[]): string[] => names.filter((name) => modelKind(name) === 'chat');

/** Keys that were entered by hand share the relay's name: their ends tell them apart. */
function nameFor({ name, relayName, mask }: KeyFacts, own: boolean): string {
  return own ? `${relayName} ${name === relayName ? mask.slice(-4) : name}` : relayName;
}

/** A name as it can stand before a model's, with a slash behind it. */
const slug = (name: string): string => name.trim().replace(/[\s/]+/g, '-');

/** One hash for each list, in the order in which they are written. */
export const batchHashes = (ports: Pick<Ports, 'hash'>, plans: readonly BatchPlan[]): Promise<string[]> =>
  Promise.all(plans.map((plan) => ports.hash.sha256(batchIdentity(plan))));

/** The plans on a list, without any key text. */
export async function viewBatch(
  ports: Pick<Ports, 'hash'>,
  batch: Batch,
  config: ProxyConfig,
  items: readonly BatchItem[],
): Promise<BatchView> {
  const plans = planBatches(config, items);
  const rows = plans.flatMap((plan) => plan.rows);
  const facts = new Map(batch.keys.map((key) => [key.facts.id, key.facts]));
  const names = new Map(items.map(({ keyId, request }) => [keyId, request.models.map(({ name }) => name)]));
  const skipped = rows.flatMap((row) =>
    row.kind === 'skipped'
      ? [{ keyId: row.keyId, name: facts.get(row.keyId)!.name, failure: withoutCandidates(row.failure) }]
      : [],
  );
  const failed = batch.failed.map(({ facts: { id, name }, failure }) => ({ keyId: id, name, failure }));
  const notices = rows.flatMap((row) => (row.kind === 'planned' ? row.plan.notices : []));
  const providers = plans.flatMap((plan) => providersOf(plan, facts, names));
  const all = plans.reduce((sum, { providers: list }) => sum + list.length, 0);
  return {
    providers,
    skipped: [...failed, ...skipped],
    pooled: pooledOf(notices),
    leftOut: notices.reduce(
      (sum, notice) =>
        sum + (notice.kind === 'left-out' || notice.kind === 'brackets' ? notice.models.length : 0),
      0,
    ),
    dropped: batch.keys.reduce((sum, { facts: { id }, names: all }) => {
      const taken = names.get(id);
      return taken ? sum + chatOf(all).length - new Set(taken).size : sum;
    }, 0),
    rest: all - providers.length,
    keys: rows.filter(({ kind }) => kind === 'planned').length,
    unchanged: plans.every(({ entries }) => entries.length === 0),
    hash: (await batchHashes(ports, plans)).join('.'),
  };
}

function providersOf(
  plan: BatchPlan,
  facts: ReadonlyMap<string, KeyFacts>,
  names: ReadonlyMap<string, string[]>,
): BatchProvider[] {
  const byIndex = groupBy(
    plan.rows.flatMap((row) => (row.kind === 'planned' ? [{ keyId: row.keyId, plan: row.plan }] : [])),
    (row) => row.plan.index,
  );
  return [...byIndex].map(([index, rows]) => {
    const entry = plan.entries.find((candidate) => candidate.index === index);
    const after = plan.providers[index]!;
    const offered = new Set(rows.map(({ keyId }) => [...names.get(keyId)!].sort().join('\n')));
    const isNew = (keyIndex: number): boolean =>
      entry !== undefined && keyIndex >= (entry.before ? keyEntries(entry.before).length : 0);
    return {
      kind: entry?.kind ?? 'unchanged',
      list: plan.list,
      name: labelOf(after),
      baseUrl: withoutUser(baseUrlOf(after)),
      keys: rows.map(({ keyId, plan: { keyIndex } }) => {
        const { name, mask } = facts.get(keyId)!;
        return { keyId, name, mask, isNew: isNew(keyIndex) };
      }),
      models:
        (after.models?.length ?? 0) -
        (entry?.before?.models?.length ?? (entry ? 0 : (after.models?.length ?? 0))),
      differs: offered.size > 1,
      disabled: isPaused(after),
    };
  });
}
