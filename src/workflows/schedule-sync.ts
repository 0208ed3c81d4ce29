import { ok, type Result } from '../core/result';
import type { SyncRun, SyncSettings } from '../core/sync-run';
import { isNothing } from '../core/model-sync';
import type { NewApi } from '../storage/channel-schema';
import { armSync } from './arm-sync';
import { applySync } from './apply-sync';
import { changeNewApi, findNewApi } from './new-api-door';
import { addNotice } from './running';
import { syncModels } from './sync-models';
import type { World } from './world';

const HOUR_MS = 3_600_000;

/** Keeps how a New API's models are synced, and wakes the worker for it only while one wants it. */
export async function saveSync(
  world: World,
  newApiId: string,
  settings: Omit<SyncSettings, 'lastAt'>,
): Promise<Result<true>> {
  const found = await findNewApi(world, newApiId);
  if (!found.ok) return found;
  const saved = await changeNewApi(world, newApiId, (newApi) => {
    newApi.sync = { ...settings, lastAt: newApi.sync?.lastAt ?? null };
  });
  if (!saved.ok) return saved;
  await armSync(world);
  await world.pulse.changed();
  return ok(true);
}

/**
 * What the alarm is for: runs what is due, one New API after the other. It records what it found and says so; it adds
 * models only where the user switched that on, and never removes or renames.
 */
export async function runDueSyncs(world: World, signal: AbortSignal): Promise<void> {
  const kept = await world.kept.read();
  if (!kept.ok) return;
  const now = world.clock.now();
  for (const newApi of kept.value.newApis ?? []) {
    if (isDue(newApi, now) && !signal.aborted) await runDue(world, newApi, signal);
  }
}

const isDue = ({ sync, halted }: NewApi, now: number): boolean =>
  sync !== undefined &&
  sync.everyHours > 0 &&
  halted === null &&
  now - (sync.lastAt ?? 0) >= sync.everyHours * HOUR_MS;

async function runDue(world: World, newApi: NewApi, signal: AbortSignal): Promise<void> {
  const { id: newApiId } = newApi;
  // Noted first: a run that the browser cuts off must not begin again at every start.
  await changeNewApi(world, newApiId, ({ sync }) => {
    if (sync) sync.lastAt = world.clock.now();
  });
  const order = { runId: world.ids.next(), newApiId, channelIds: null, by: 'schedule' as const, signal };
  const run = await syncModels(world, order);
  if (!run.ok) return;
  const applied = newApi.sync?.applyAdded ? await addFound(world, run.value, signal) : 0;
  const { channels, failure } = run.value;
  const changed = channels.filter(({ found }) => !isNothing(found)).length;
  const failed = channels.filter((channel) => channel.failure !== null).length + (failure ? 1 : 0);
  if (changed + failed === 0) return;
  await addNotice(world, {
    keyId: null,
    keyName: newApi.name,
    outcome: { kind: 'synced', newApiId, channels: changed, failed, added: applied },
  });
  await world.pulse.changed();
}

/** Adds what a run found to be new; how many channels got some. */
async function addFound(world: World, run: SyncRun, signal: AbortSignal): Promise<number> {
  const chosen = run.channels
    .filter(({ found }) => found.added.length > 0)
    .map(({ channelId, name, seen, found }) => ({
      channelId,
      name,
      seen,
      choice: { add: found.added, remove: [], rename: [] },
    }));
  if (chosen.length === 0) return 0;
  const results = await applySync(world, run.newApiId, chosen, signal);
  if (!results.ok) return 0;
  const done = new Set(results.value.filter(({ kind }) => kind === 'done').map(({ channelId }) => channelId));
  await world.journal.change((journal) => {
    const logged = journal.syncRuns?.find(({ id }) => id === run.id);
    for (const channel of logged?.channels ?? [])
      if (done.has(channel.channelId)) channel.applied = channel.found.added;
  });
  return done.size;
}
