import type { Failure } from '../../core/failure';
import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import { fail, ok, type Result } from '../../core/result';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Applied, ApplyFailure, ChangeJob } from '../change-job';
import { otherBytes, finalWrite, withoutHeaders, type IntermediateWrite } from './intermediate-write';
import { selectList } from '../../core/cliproxyapi/provider-list';
import { writableList, type Management } from './open-management';
import { UNSERVED_REST_MS, waitForCooldown } from './cooldown';
import type { Ports } from '../ports';
import { afterWrite, settle, writeAndReadBack } from './write-change';

/** Two browsers that wrote 0.1 s apart: what was listed 0.3 s after the write was gone within a second of it. */
const LATE_REVERT_MS = 1_000;

/**
 * Holds the one lock of a proxy, across popup, options page and worker: one change at a time, from its reading to its
 * proof. Fails as cancelled when the user gives up waiting.
 */
export async function withProxyLock<T>(
  ports: Pick<Ports, 'locks'>,
  management: Management,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<Result<T>> {
  const held = await ports.locks.hold(`write ${management.url.root}`, signal, work);
  return held === undefined ? fail({ code: 'cancelled' }) : ok(held.value);
}

/**
 * Changes one entry. Call it under `holdProxy`. Not before the last write has settled, on a list read at once before,
 * journaled before it is sent, read back after it. A write that a reload reverted is planned afresh and tried once more.
 */
export async function applyChange(
  ports: Ports,
  management: Management,
  job: ChangeJob,
): Promise<Result<Applied, ApplyFailure>> {
  const { signal } = job;
  await waitForCooldown(ports, job);
  if (signal.aborted) return notWritten({ code: 'cancelled' });
  await job.showStage('reading');
  const config = await management.read(signal);
  if (!config.ok) return notWritten(config.failure);
  const change = await job.decide(config.value);
  if (!change.ok) return notWritten(change.failure);
  if (change.value === null) return ok({ config: config.value, wroteAt: null });
  const allowed = await writableList(management, config.value, change.value.list);
  if (!allowed.ok) return notWritten(allowed.failure);
  const opened = await job.journal(change.value);
  if (!opened.ok) return notWritten(opened.failure);
  const list = selectList(config.value, change.value.list);
  if (!list.ok) return notWritten(list.failure);
  const roundabout = withoutHeaders(change.value, list.value);
  const first = await writeBy(ports, management, job, change.value, roundabout);
  if (!first.ok || (await job.isApplied(first.value))) return closing(ports, job, first);
  const settled = await settle(ports, management, job, first.value);
  if (!settled.ok || (await job.isApplied(settled.value))) return closing(ports, job, settled);
  return applyOnceMore(ports, management, job, settled.value);
}

/**
 * The second and last try, after a reload has reverted the first. The list that was reverted lies in the file, and
 * CLIProxyAPI skips the reload of bytes that it believes it has loaded (CLIProxyAPI 7.2): so a list with other
 * bytes goes first, and then the planned one.
 */
export async function applyOnceMore(
  ports: Ports,
  management: Management,
  job: ChangeJob,
  config: ProxyConfig,
): Promise<Result<Applied, ApplyFailure>> {
  return closing(ports, job, await tryOnceMore(ports, management, job, config));
}

/** A change that is not proved by what is served: applied, looked at once more, and tried again if it was lost. */
export async function applyAndStay(
  ports: Ports,
  management: Management,
  job: ChangeJob,
): Promise<Result<Applied, ApplyFailure>> {
  const applied = await applyChange(ports, management, job);
  if (!applied.ok) return applied;
  const lost = await lostSince(ports, management, job, applied.value.wroteAt);
  if (lost.ok && !lost.value) return applied;
  if (lost.ok) return applyOnceMore(ports, management, job, lost.value!);
  await job.setPhase('needs-look');
  return fail({ failure: lost.failure, written: 'maybe' });
}

async function tryOnceMore(
  ports: Ports,
  management: Management,
  job: ChangeJob,
  config: ProxyConfig,
): Promise<Result<ProxyConfig, ApplyFailure>> {
  const again = await job.decide(config);
  if (!again.ok) {
    // The list is no longer the one that was agreed to: what of ours is in it is not known.
    const failure: Failure = again.failure.code === 'list-changed' ? { code: 'overwritten' } : again.failure;
    return fail({ failure, written: 'maybe' });
  }
  if (again.value === null) return ok(config);
  const list = selectList(config, again.value.list);
  if (!list.ok) return fail({ failure: list.failure, written: 'maybe' });
  const roundabout = withoutHeaders(again.value, list.value) ?? otherBytes(again.value);
  const second = await writeBy(ports, management, job, again.value, roundabout);
  if (!second.ok || (await job.isApplied(second.value))) return second;
  const settled = await settle(ports, management, job, second.value);
  if (!settled.ok || (await job.isApplied(settled.value))) return settled;
  return fail({ failure: { code: 'not-saved' }, written: 'no' });
}

/** Writes the change, by way of the detour if there is one, and reads it back. */
async function writeBy(
  ports: Ports,
  management: Management,
  job: ChangeJob,
  change: EntryChange,
  detour: IntermediateWrite | undefined,
): Promise<Result<ProxyConfig, ApplyFailure>> {
  if (!detour) return writeAndReadBack(ports, management, job, change);
  if (job.signal.aborted) return fail({ failure: { code: 'cancelled' }, written: 'no' });
  // What stands in between is nobody's wish: once begun, the way is gone to its end.
  const steady = { ...job, signal: new AbortController().signal };
  const ready = await takeDetour(ports, management, steady, change, detour);
  if (!ready.ok) return ready;
  const written = await writeAndReadBack(ports, management, steady, ready.value);
  // A detour that was written stands in the list, whatever became of the way back.
  return written.ok ? written : fail({ ...written.failure, written: 'maybe' });
}

/** Writes the detour, waits until it is loaded, and puts the planned entry in its place on the list of that moment. */
async function takeDetour(
  ports: Ports,
  management: Management,
  job: ChangeJob,
  change: EntryChange,
  detour: IntermediateWrite,
): Promise<Result<EntryChange, ApplyFailure>> {
  const away: EntryChange = {
    ...change,
    kind: 'update',
    after: detour.entry,
    providers: detour.providers,
    fields: [],
  };
  const written = await writeAndReadBack(ports, management, job, away);
  if (!written.ok) return written;
  await ports.clock.sleep(UNSERVED_REST_MS, job.signal);
  const config = await management.read();
  if (!config.ok) return fail({ failure: afterWrite(config.failure), written: 'maybe' });
  const list = selectList(config.value, change.list);
  if (!list.ok) return fail({ failure: list.failure, written: 'maybe' });
  const back = finalWrite(change, detour, list.value.providers);
  if (back) return ok(back);
  // Reverted like the first one, and the list is as it was; or somebody else is at work on this very entry.
  const unchanged = await job.decide(config.value);
  return unchanged.ok && unchanged.value !== null
    ? fail({ failure: { code: 'not-saved' }, written: 'no' })
    : fail({ failure: { code: 'overwritten' }, written: 'maybe' });
}

/**
 * Looks again, not before a second after the write: another client that writes at the same moment can have it undone by
 * a reload that comes after the registry had listed it (seen at 7.2.140 with two browsers). Undefined: it is still
 * there, or the proxy gives no answer and is believed in its last one; else the list that no longer holds it.
 */
export async function lostSince(
  ports: Pick<Ports, 'clock'>,
  management: Management,
  job: Pick<ChangeJob, 'isApplied' | 'signal'>,
  wroteAt: number | null,
): Promise<Result<ProxyConfig | undefined>> {
  if (wroteAt === null) return ok(undefined);
  await ports.clock.sleep(wroteAt + LATE_REVERT_MS - ports.clock.now(), job.signal);
  const read = await management.read();
  if (!read.ok)
    return afterWrite(read.failure).code === 'collapsed' ? fail({ code: 'collapsed' }) : ok(undefined);
  return ok((await job.isApplied(read.value)) ? undefined : read.value);
}

/** Closes the record of a write that did not come about; one whose outcome is unknown stays open for the next start. */
async function closing(
  ports: Ports,
  job: ChangeJob,
  outcome: Result<ProxyConfig, ApplyFailure>,
): Promise<Result<Applied, ApplyFailure>> {
  if (outcome.ok) return ok({ config: outcome.value, wroteAt: ports.clock.now() });
  const { failure, written } = outcome.failure;
  const open = failure.code === 'outcome-unknown';
  if (!open) {
    await job.setPhase(written === 'no' ? 'not-written' : 'needs-look');
  }
  return outcome;
}

const notWritten = (failure: Failure): Result<Applied, ApplyFailure> => fail({ failure, written: 'no' });
