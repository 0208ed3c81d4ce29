import type { Channel } from '../../core/channels/channel';
import { findChanges, isNothing, NOTHING_FOUND } from '../../core/sync/model-sync';
import { ok, type Result } from '../../core/failures/result';
import { withRun } from '../../core/sync/log';
import type { SyncedChannel, SyncRun, SyncSettings } from '../../core/sync/run';
import { ownRulesOf } from '../../core/sync/channel-sync';
import { concernsAll, firstThenFew } from '../channels/each-channel';
import { sleepUntil, whileAwake, type Report } from '../heartbeat';
import { readAll } from '../channels/list-channels';
import { findNewApi, openNewApi, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { listedFor } from './upstream-of';

export interface SyncOrder {
  runId: string;
  newApiId: string;
  /** Null: all but those that are passed over. */
  channelIds: readonly number[] | null;
  by: SyncRun['by'];
  signal: AbortSignal;
  report?: Report;
}

/**
 * Asks the upstreams of channels for their models and says what has come, gone and changed its name. Writes nothing to a
 * channel. One that is slow or broken stops no other, and what could not be read proposes nothing. The run is kept.
 */
export async function syncModels(ports: Ports, order: SyncOrder): Promise<Result<SyncRun>> {
  const newApi = await findNewApi(ports, order.newApiId);
  if (!newApi.ok) return newApi;
  try {
    return await whileAwake(ports, async () => {
      const run = await runOnce(ports, order, newApi.value.sync);
      const now = await findNewApi(ports, order.newApiId);
      // Moved or forgotten meanwhile: its numbers would be taken for those of another site.
      if (!now.ok || now.value.siteUrl !== newApi.value.siteUrl) return now.ok ? ok(run) : now;
      const logged = await ports.journal.change((journal) => {
        journal.syncRuns = withRun(journal.syncRuns, run);
      });
      return logged.ok ? ok(run) : logged;
    });
  } finally {
    await ports.pages.notify();
  }
}

async function runOnce(ports: Ports, order: SyncOrder, settings: SyncSettings): Promise<SyncRun> {
  const at = ports.clock.now();
  const { runId: id, newApiId, by, signal } = order;
  const about = { id, newApiId, at, by };
  const client = await openNewApi(ports, newApiId);
  const list = client.ok ? await readAll(client.value, signal) : client;
  if (!client.ok || !list.ok) {
    const failure = list.ok ? null : list.failure;
    const none = { tookMs: 0, total: 0, inOrder: 0, skipped: 0, notTried: 0, cancelled: false };
    return { ...about, ...none, failure, channels: [] };
  }
  const { chosen, skipped } = choose(list.value.channels, order.channelIds, settings.skip);
  const looked = await lookAtAll(ports, client.value, chosen, settings, order);
  const channels = looked.filter(({ found, failure }) => failure !== null || !isNothing(found));
  return {
    ...about,
    tookMs: ports.clock.now() - at,
    total: chosen.length,
    inOrder: looked.length - channels.length,
    skipped,
    notTried: signal.aborted ? 0 : chosen.length - looked.length,
    cancelled: signal.aborted,
    failure: null,
    channels: channels.toSorted((a, b) => a.channelId - b.channelId),
  };
}

/** Who names a channel means it, also one that is passed over else. */
function choose(
  channels: readonly Channel[],
  ids: readonly number[] | null,
  skip: readonly number[],
): { chosen: Channel[]; skipped: number } {
  const wanted = new Set(ids ?? channels.map(({ id }) => id));
  const passed = new Set(ids ? [] : skip);
  const asked = channels.filter(({ id }) => wanted.has(id));
  const chosen = asked.filter(({ id }) => !passed.has(id));
  return { chosen, skipped: asked.length - chosen.length };
}

/** What was cut off by the user has no finding, and no failure either. */
async function lookAtAll(
  ports: Ports,
  client: NewApiClient,
  chosen: readonly Channel[],
  settings: SyncSettings,
  order: SyncOrder,
): Promise<SyncedChannel[]> {
  const looked: SyncedChannel[] = [];
  await firstThenFew(ports, chosen, order, async (channel) => {
    const found = await lookAt(ports, client, channel, settings, order.signal);
    if (!order.signal.aborted || !found.failure) looked.push(found);
    return found.failure !== null && concernsAll(found.failure, client.host);
  });
  return looked;
}

async function lookAt(
  ports: Ports,
  client: NewApiClient,
  channel: Channel,
  settings: SyncSettings,
  signal: AbortSignal,
): Promise<SyncedChannel> {
  const { id: channelId, name, models, mapping, manyKeys } = channel;
  const listed = await patiently(ports, signal, () => listedFor(ports, client, channel, signal));
  const about = { channelId, name, seen: { models, mapping }, applied: [] };
  const rules = ownRulesOf(settings, channelId) ?? settings.rules;
  const traits = { manyKeys, chains: client.dialect.chains };
  return listed.ok
    ? { ...about, found: findChanges({ models, mapping }, listed.value, rules, traits), failure: null }
    : { ...about, found: NOTHING_FOUND, failure: listed.failure };
}

/** Waits are counted in minutes; one that is longer than this is left to the next run. */
const LONGEST_WAIT_MS = 4 * 60_000;

/** Where the server asks to wait, once more after that. */
async function patiently<T>(
  ports: Pick<Ports, 'clock' | 'pages' | 'keepAlive'>,
  signal: AbortSignal,
  ask: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const first = await ask();
  if (first.ok || first.failure.code !== 'relay-wait') return first;
  const { until } = first.failure;
  if (until - ports.clock.now() > LONGEST_WAIT_MS) return first;
  await sleepUntil(ports, until, signal);
  return signal.aborted ? first : ask();
}

/** The kept runs of a New API, newest first. */
export async function readSyncRuns(
  ports: Pick<Ports, 'journal'>,
  newApiId: string,
): Promise<Result<SyncRun[]>> {
  const journal = await ports.journal.read();
  if (!journal.ok) return journal;
  return ok(journal.value.syncRuns.filter((run) => run.newApiId === newApiId));
}
