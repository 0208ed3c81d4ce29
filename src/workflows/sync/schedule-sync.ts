import { hostOf } from '../../core/base-url';
import { ok, type Result } from '../../core/failures/result';
import type { SyncRun, SyncSettings } from '../../core/sync/run';
import { isNothing } from '../../core/sync/model-sync';
import type { NewApi } from '../../storage/channel-schema';
import { armSync } from './arm-sync';
import { applySync } from './apply-sync';
import { changeNewApi, findNewApi } from '../new-api/new-api-client';
import { holdToken, tokenOf } from '../new-api/site-token';
import { addNotice, failed } from '../running';
import { syncModels } from './sync-models';
import type { Ports } from '../ports';

const HOUR_MS = 3_600_000;

/** Keeps how a New API's models are synced, and wakes the worker for it only while one wants it. */
export async function saveSync(
  ports: Ports,
  newApiId: string,
  settings: Omit<SyncSettings, 'lastAt'>,
): Promise<Result<true>> {
  const found = await findNewApi(ports, newApiId);
  if (!found.ok) return found;
  const saved = await changeNewApi(ports, newApiId, (newApi) => {
    newApi.sync = { ...newApi.sync, ...settings };
  });
  if (!saved.ok) return saved;
  await armSync(ports);
  await ports.pages.notify();
  return ok(true);
}

/**
 * What the alarm is for: runs what is due, one New API after the other. It records what it found and says so; it adds
 * models only where the user switched that on, and never removes or renames.
 */
export async function runDueSyncs(ports: Ports, signal: AbortSignal): Promise<void> {
  const saved = await ports.saved.read();
  if (!saved.ok) return;
  const now = ports.clock.now();
  for (const { id } of saved.value.newApis) {
    // A run takes minutes: what the user set meanwhile holds for the next one.
    const newApi = await findNewApi(ports, id);
    if (newApi.ok && isDue(newApi.value, now) && !signal.aborted) await runDue(ports, newApi.value, signal);
  }
}

const isDue = ({ sync, halted }: NewApi, now: number): boolean =>
  sync.everyHours > 0 && halted === null && now - (sync.lastAt ?? 0) >= sync.everyHours * HOUR_MS;

async function runDue(ports: Ports, newApi: NewApi, signal: AbortSignal): Promise<void> {
  const { id: newApiId } = newApi;
  if (!(await isTokenThere(ports, newApi))) return;
  // Noted first: a run that the browser cuts off must not begin again at every start.
  await changeNewApi(ports, newApiId, ({ sync }) => {
    sync.lastAt = ports.clock.now();
  });
  const order = { runId: ports.ids.next(), newApiId, channelIds: null, by: 'schedule' as const, signal };
  const run = await syncModels(ports, order);
  if (!run.ok) return;
  const applied = await addFound(ports, newApi.siteUrl, run.value, signal);
  const { channels, failure } = run.value;
  const changed = channels.filter(({ found }) => !isNothing(found)).length;
  const unread = channels.filter((channel) => channel.failure !== null).length + (failure ? 1 : 0);
  if (changed + unread === 0) return;
  await addNotice(ports, {
    keyId: null,
    keyName: newApi.name,
    outcome: { kind: 'synced', newApiId, channels: changed, failed: unread, added: applied },
  });
  await ports.pages.notify();
}

/** Without its token nothing is asked, which is said once for each start of the browser. */
async function isTokenThere(ports: Ports, newApi: NewApi): Promise<boolean> {
  const session = await ports.session.read();
  if (!session.ok || tokenOf(newApi, session.value)) return true;
  if (session.value.siteTokens?.[newApi.id] === '') return false;
  await holdToken(ports, newApi.id, '');
  const failure = { code: 'site-token-missing', host: hostOf(newApi.siteUrl) } as const;
  await addNotice(ports, { keyId: null, keyName: newApi.name, outcome: failed(failure) });
  await ports.pages.notify();
  return false;
}

/** Adds what a run found to be new, if that is wanted still; how many channels got some. */
async function addFound(ports: Ports, siteUrl: string, run: SyncRun, signal: AbortSignal): Promise<number> {
  const now = await findNewApi(ports, run.newApiId);
  if (!now.ok || now.value.siteUrl !== siteUrl || signal.aborted) return 0;
  const { everyHours, applyAdded, skip } = now.value.sync;
  if (everyHours === 0 || !applyAdded) return 0;
  const chosen = run.channels
    .filter(({ channelId, found }) => found.added.length > 0 && !skip.includes(channelId))
    .map(({ channelId, name, seen, found }) => ({
      channelId,
      name,
      seen,
      choice: { add: found.added, remove: [], rename: [] },
    }));
  if (chosen.length === 0) return 0;
  const results = await applySync(ports, run.newApiId, chosen, signal);
  if (!results.ok) return 0;
  const done = new Set(results.value.filter(({ kind }) => kind === 'done').map(({ channelId }) => channelId));
  await ports.journal.change((journal) => {
    const logged = journal.syncRuns.find(({ id }) => id === run.id);
    for (const channel of logged?.channels ?? [])
      if (done.has(channel.channelId)) channel.applied = channel.found.added;
  });
  return done.size;
}
