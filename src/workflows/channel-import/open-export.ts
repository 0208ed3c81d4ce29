import type { Channel } from '../../core/channels/channel';
import { groupsAt } from '../../core/channels/desired-channel';
import { planIdentity, type ChannelPlan } from '../../core/channels/plan';
import type { ExportItem, ExportOptions, ExportView } from '../../core/channels/view';
import { canonicalJson } from '../../core/json';
import { fail, ok, type Result } from '../../core/failures/result';
import { readChannelGroups } from '../../targets/new-api/read-rights';
import { AT_ONCE } from '../channels/each-channel';
import { fewAtOnce } from '../few-at-once';
import { whileAwake } from '../heartbeat';
import { allKeys, type KeyFacts } from '../accounts/find-key';
import { readAll } from '../channels/list-channels';
import { openNewApi, type NewApiClient } from '../new-api/new-api-client';
import { modelsOfKey, newDraft, type NewDraft } from './open-channel-import';
import { planDraft, siteOf } from './plan-for-channel';
import { revealKeys } from '../accounts/reveal-keys';
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
      const models = text && !text.ok ? text : await modelsOfKey(ports, key, signal);
      drafts.set(key.id, models.ok ? await newDraft(ports, key, models.value, []) : models);
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

export interface KeyPlan {
  key: KeyFacts;
  models: number;
  leftOut: number;
  barred: readonly string[];
  plan: Result<ChannelPlan>;
}

/**
 * The plan of each key, all on the same list: two keys of one relay become two channels, as nobody asked to make one of
 * them.
 */
export function planKeys(
  ports: Ports,
  client: NewApiClient,
  { keys, channels, groups }: KeysExport,
  { existing, ...shared }: ExportOptions,
): Promise<KeyPlan[]> {
  return Promise.all(
    keys.map(async ({ key, made }): Promise<KeyPlan> => {
      if (!made.ok) return { key, models: 0, leftOut: 0, barred: [], plan: made };
      const { leftOut, barred } = made.value;
      const draft = { ...made.value.draft, ...shared, groups: groupsAt(shared.groups, groups) };
      const first = await planDraft(ports, client, channels, key.id, draft);
      const plan =
        first.ok && first.value.kind === 'choose' && existing === 'make-new'
          ? await planDraft(ports, client, channels, key.id, { ...draft, target: { kind: 'new' } })
          : first;
      return { key, models: draft.models.length, leftOut, barred, plan };
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
  const { newApiId, groups } = opened;
  return {
    exportId,
    newApiId,
    items: plans.map(itemOf),
    groups,
    hash: await exportHash(ports, client, plans),
  };
}

/** Stands for all plans together, keys in their order. */
export const exportHash = (
  ports: Pick<Ports, 'hash'>,
  client: NewApiClient,
  plans: readonly KeyPlan[],
): Promise<string> => {
  const planned = plans.map(({ key, plan }) => [key.id, plan.ok ? planIdentity(plan.value) : null]);
  return ports.hash.sha256(canonicalJson([siteOf(client), planned]));
};

function itemOf({ key, models, leftOut, barred, plan }: KeyPlan): ExportItem {
  const about = { keyId: key.id, keyName: key.name, mask: key.mask };
  if (!plan.ok) return { ...about, models: 0, kind: 'failed', failure: plan.failure };
  const counted = { ...about, models, ...(leftOut > 0 && { leftOut }), barred };
  if (plan.value.kind === 'choose')
    return { ...counted, kind: 'passed-over', candidates: plan.value.candidates };
  const { kind, channelName, changes } = plan.value;
  return { ...counted, kind, channelName, changes };
}
