import type { Channel } from '../../core/channels/channel';
import type { ChannelPlan } from '../../core/channels/plan';
import type { ExportItem, ExportOptions, ExportView } from '../../core/channels/view';
import { canonicalJson } from '../../core/json';
import type { Failure } from '../../core/failure';
import { fail, ok, type Result } from '../../core/result';
import { readChannelGroups } from '../../targets/new-api/read-rights';
import { AT_ONCE } from '../channels/each-channel';
import { fewAtOnce } from '../few-at-once';
import { whileAwake } from '../heartbeat';
import { allKeys, type KeyFacts } from '../accounts/find-key';
import { readAll } from '../channels/list-channels';
import { openNewApi, type NewApiClient } from '../new-api/new-api-client';
import { modelsOfKey, newDraft, type NewDraft } from './open-channel-import';
import { channelPlanHash, orderOf, planOn } from './plan-for-channel';
import { revealKeys } from '../accounts/reveal-key';
import type { OpenPlans } from '../open-plans';
import type { Ports } from '../ports';

/** What the plans of an open export rest on. */
export interface KeysExport {
  newApiId: string;
  keys: { key: KeyFacts; made: Result<NewDraft> }[];
  channels: Channel[];
  groups: string[];
}
export type Exports = OpenPlans<KeysExport>;

export interface ExportOrder {
  exportId: string;
  newApiId: string;
  keyIds: readonly string[];
  options: ExportOptions;
  signal: AbortSignal;
}

/** Opens a quick export: reveals what is masked with as few calls as it takes, asks all relays, and plans each key. */
export async function openExport(
  ports: Ports,
  exports: Exports,
  { exportId, newApiId, keyIds, options, signal }: ExportOrder,
): Promise<Result<ExportView>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const client = await openNewApi(ports, newApiId);
  if (!client.ok) return client;
  const list = await readAll(client.value, signal);
  if (!list.ok) return list;
  const known = new Map(allKeys(saved.value).map((key) => [key.id, key]));
  const keys = [...new Set(keyIds)].flatMap((id) => known.get(id) ?? []);
  if (keys.length === 0) return fail({ code: 'unknown-item' });
  const [drafts, groups] = await Promise.all([
    draftsOf(ports, keys, signal),
    client.value.call(readChannelGroups),
  ]);
  const opened: KeysExport = {
    newApiId,
    keys: keys.map((key) => ({ key, made: drafts.get(key.id) ?? fail({ code: 'cancelled' }) })),
    channels: list.value.channels,
    groups: groups.ok ? groups.value : [],
  };
  exports.set(exportId, opened);
  return ok(await viewExport(ports, client.value, exportId, opened, options));
}

async function draftsOf(
  ports: Ports,
  keys: readonly KeyFacts[],
  signal: AbortSignal,
): Promise<Map<string, Result<NewDraft>>> {
  const drafts = new Map<string, Result<NewDraft>>();
  await whileAwake(ports, async () => {
    const texts = await revealKeys(ports, keys);
    await fewAtOnce(keys, AT_ONCE, async (key) => {
      if (signal.aborted) return;
      const text = texts.get(key.id);
      const names = text && !text.ok ? text : await modelsOfKey(ports, key, signal);
      drafts.set(key.id, names.ok ? await newDraft(ports, key, names.value) : names);
    });
  });
  return drafts;
}

/** The plan again, with other options: nothing is asked anew. */
export async function planExport(
  ports: Ports,
  exports: Exports,
  exportId: string,
  options: ExportOptions,
): Promise<Result<ExportView>> {
  const opened = exports.get(exportId);
  if (!opened) return fail({ code: 'unknown-item' });
  const client = await openNewApi(ports, opened.newApiId);
  return client.ok ? ok(await viewExport(ports, client.value, exportId, opened, options)) : client;
}

export type KeyPlan = { key: KeyFacts } & (
  | { kind: 'plan'; plan: Exclude<ChannelPlan, { kind: 'choose' }>; models: number; leftOut: number }
  | { kind: 'passed-over'; plan: ChannelPlan; models: number; leftOut: number }
  | { kind: 'failed'; failure: Failure }
);

/**
 * The plan of each key, all on the same list: two keys of one relay become two channels, as nobody asked to make one of
 * them.
 */
export function planKeys(
  ports: Ports,
  client: NewApiClient,
  opened: KeysExport,
  options: ExportOptions,
): Promise<KeyPlan[]> {
  const { existing, ...shared } = options;
  return Promise.all(
    opened.keys.map(async ({ key, made }): Promise<KeyPlan> => {
      if (!made.ok) return { key, kind: 'failed', failure: made.failure };
      const { draft, leftOut } = made.value;
      const order = orderOf(client, key.id, { ...draft, ...shared });
      const planned = order.ok ? await planOn(ports, client, opened.channels, order.value) : order;
      const plan =
        order.ok && planned.ok && planned.value.kind === 'choose' && existing === 'make-new'
          ? await planOn(ports, client, opened.channels, { ...order.value, target: { kind: 'new' } })
          : planned;
      if (!plan.ok) return { key, kind: 'failed', failure: plan.failure };
      const about = { key, models: draft.models.length, leftOut };
      return plan.value.kind === 'choose'
        ? { ...about, kind: 'passed-over', plan: plan.value }
        : { ...about, kind: 'plan', plan: plan.value };
    }),
  );
}

export async function viewExport(
  ports: Ports,
  client: NewApiClient,
  exportId: string,
  opened: KeysExport,
  options: ExportOptions,
): Promise<ExportView> {
  const plans = await planKeys(ports, client, opened, options);
  return {
    exportId,
    newApiId: opened.newApiId,
    items: plans.map((plan) => itemOf(plan, opened.channels)),
    groups: opened.groups,
    hash: await exportHash(ports, plans),
  };
}

/** Stands for all plans together, keys in their order. */
export async function exportHash(ports: Ports, plans: readonly KeyPlan[]): Promise<string> {
  const parts = await Promise.all(
    plans.map(async (plan) => [
      plan.key.id,
      plan.kind,
      plan.kind === 'failed' ? '' : await channelPlanHash(ports, plan.plan),
    ]),
  );
  return ports.hash.sha256(canonicalJson(parts));
}

function itemOf(planned: KeyPlan, channels: readonly Channel[]): ExportItem {
  const { key } = planned;
  const { models, leftOut } = planned.kind === 'failed' ? { models: 0, leftOut: 0 } : planned;
  const about = { keyId: key.id, keyName: key.name, mask: key.mask, models, ...(leftOut > 0 && { leftOut }) };
  if (planned.kind === 'failed') return { ...about, kind: 'failed', failure: planned.failure };
  const { plan } = planned;
  if (plan.kind === 'choose') return { ...about, kind: 'passed-over', candidates: plan.candidates };
  const joined = plan.kind === 'create' ? undefined : channels.find(({ id }) => id === plan.channelId);
  const channelName = plan.kind === 'create' ? plan.fields.name : (joined?.name ?? '');
  return { ...about, kind: plan.kind, channelName, changes: plan.changes };
}
