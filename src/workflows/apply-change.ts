import type { Failure, FailureCode } from '../core/failure';
import type { EntryChange } from '../core/entry-change';
import { fail, ok, type Result } from '../core/result';
import type { JournalRecord } from '../storage/schema';
import {
  deleteProvider,
  isUniqueName,
  putProviders,
  writePlan,
  type ConfigRead,
} from '../targets/cliproxyapi/management';
import { openRecord, updateRecord } from './journal';
import { otherBytes, wayBack, type Detour } from './detour';
import { writable, type Management } from './open-management';
import type { World } from './world';

/** After a write was seen served, and after one that was not (a reload of 1,000 providers takes that long). */
const REST_MS = 300;
const UNSERVED_REST_MS = 1_500;
/** A reload in flight can revert a write within this time (contract section 3.4). */
const SETTLE_MS = [400, 800, 1_200] as const;

export interface ChangeJob {
  /** What to write, judged on a fresh list; null: the list is as it should be. */
  decide(config: ConfigRead): Promise<Result<EntryChange | null>>;
  /** Whether a list that was read back holds what was decided. */
  holds(config: ConfigRead): Promise<boolean>;
  id: string;
  /** The journal's record of what `decide` decided last. */
  record(): Omit<JournalRecord, 'before' | 'after'>;
  secretsOnDevice: boolean;
  stage(stage: 'waiting' | 'reading' | 'writing' | 'reading-back'): Promise<void>;
  signal: AbortSignal;
}

export interface Applied {
  /** The list as it was read last. */
  config: ConfigRead;
  wrote: boolean;
}

/** A failure, and whether the change may be in the list nevertheless. */
export interface ApplyFailure {
  failure: Failure;
  written: 'no' | 'maybe' | 'memory-only';
}

/**
 * Holds the one lock of a proxy, across popup, options page and worker: one change at a time, from its reading to its
 * proof. Fails as cancelled when the user gives up waiting.
 */
export async function holdProxy<T>(
  world: Pick<World, 'locks'>,
  management: Management,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<Result<T>> {
  const held = await world.locks.hold(`write ${management.url.root}`, signal, work);
  return held === undefined ? fail({ code: 'cancelled' }) : ok(held.value);
}

/**
 * Changes one entry. Call it under `holdProxy`. Not before the last write has settled, on a list read at once before,
 * journaled before it is sent, read back after it. A write that a reload reverted is planned afresh and tried once more.
 */
export async function applyChange(
  world: World,
  management: Management,
  job: ChangeJob,
): Promise<Result<Applied, ApplyFailure>> {
  const { signal } = job;
  await waitForQuiet(world, job);
  if (signal.aborted) return notWritten({ code: 'cancelled' });
  await job.stage('reading');
  const config = await management.read(signal);
  if (!config.ok) return notWritten(config.failure);
  const change = await job.decide(config.value);
  if (!change.ok) return notWritten(change.failure);
  if (change.value === null) return ok({ config: config.value, wrote: false });
  const allowed = await writable(management, config.value);
  if (!allowed.ok) return notWritten(allowed.failure);
  const opened = await openRecord(world, job.record(), change.value, job.secretsOnDevice);
  if (!opened.ok) return notWritten(opened.failure);
  const first = await writeAndReadBack(world, management, job, change.value);
  if (!first.ok || (await job.holds(first.value))) return closing(world, job, first);
  const settled = await settle(world, management, job, first.value);
  if (!settled.ok || (await job.holds(settled.value))) return closing(world, job, settled);
  return applyOnceMore(world, management, job, settled.value);
}

/**
 * The second and last try, after a reload has reverted the first. The list that was reverted lies in the file, and
 * CLIProxyAPI skips the reload of bytes that it believes it has loaded (contract section 3.4): so a list with other
 * bytes goes first, and then the planned one.
 */
export async function applyOnceMore(
  world: World,
  management: Management,
  job: ChangeJob,
  config: ConfigRead,
): Promise<Result<Applied, ApplyFailure>> {
  return closing(world, job, await tryOnceMore(world, management, job, config));
}

async function tryOnceMore(
  world: World,
  management: Management,
  job: ChangeJob,
  config: ConfigRead,
): Promise<Result<ConfigRead, ApplyFailure>> {
  const again = await job.decide(config);
  if (!again.ok) {
    // The list is no longer the one that was agreed to: what of ours is in it is not known.
    const failure: Failure = again.failure.code === 'list-changed' ? { code: 'overwritten' } : again.failure;
    return fail({ failure, written: 'maybe' });
  }
  if (again.value === null) return ok(config);
  const detour = otherBytes(again.value);
  const ready = detour ? await takeDetour(world, management, job, again.value, detour) : ok(again.value);
  if (!ready.ok) return ready;
  const second = await writeAndReadBack(world, management, job, ready.value);
  // A detour that was written stands in the list, whatever became of the way back.
  if (!second.ok) return detour ? fail({ ...second.failure, written: 'maybe' }) : second;
  if (await job.holds(second.value)) return second;
  const settled = await settle(world, management, job, second.value);
  if (!settled.ok || (await job.holds(settled.value))) return settled;
  return fail({ failure: { code: 'not-saved' }, written: 'no' });
}

/** Writes the detour, waits until it is loaded, and puts the planned entry in its place on the list of that moment. */
async function takeDetour(
  world: World,
  management: Management,
  job: ChangeJob,
  change: EntryChange,
  detour: Detour,
): Promise<Result<EntryChange, ApplyFailure>> {
  const away: EntryChange = {
    ...change,
    kind: 'update',
    after: detour.entry,
    providers: detour.providers,
    fields: [],
  };
  const written = await writeAndReadBack(world, management, job, away);
  if (!written.ok) return written;
  await world.clock.sleep(UNSERVED_REST_MS, job.signal);
  const config = await management.read();
  if (!config.ok) return fail({ failure: afterWrite(config.failure), written: 'maybe' });
  const back = wayBack(change, detour, config.value.providers);
  if (back) return ok(back);
  // Reverted like the first one, and the list is as it was; or somebody else is at work on this very entry.
  const unchanged = await job.decide(config.value);
  return unchanged.ok && unchanged.value !== null
    ? fail({ failure: { code: 'not-saved' }, written: 'no' })
    : fail({ failure: { code: 'overwritten' }, written: 'maybe' });
}

async function waitForQuiet(world: World, job: ChangeJob): Promise<void> {
  const passing = await world.passing.read();
  const wait = passing.ok ? passing.value.quietUntil - world.clock.now() : 0;
  if (wait <= 0) return;
  await job.stage('waiting');
  await world.clock.sleep(Math.min(wait, UNSERVED_REST_MS), job.signal);
}

/** After a write was seen served the proxy rests shortly; otherwise longer. */
export async function restAfterWrite(
  world: Pick<World, 'passing' | 'clock'>,
  served: boolean,
): Promise<void> {
  await world.passing.change((document) => {
    document.quietUntil = world.clock.now() + (served ? REST_MS : UNSERVED_REST_MS);
  });
}

async function writeAndReadBack(
  world: World,
  management: Management,
  job: ChangeJob,
  change: EntryChange,
): Promise<Result<ConfigRead, ApplyFailure>> {
  if (job.signal.aborted) return fail({ failure: { code: 'cancelled' }, written: 'no' });
  await job.stage('writing');
  const written = await send(management, change, job.signal);
  await restAfterWrite(world, false);
  if (!written.ok && isRefusal(written.failure)) return fail({ failure: written.failure, written: 'no' });
  await updateRecord(world, job.id, { phase: 'written' });
  // Somebody between us and the proxy refused: it is not asked again, so nobody knows.
  if (!written.ok && written.failure.code === 'forbidden')
    return fail({ failure: { code: 'outcome-unknown' }, written: 'maybe' });
  await job.stage('reading-back');
  // Reading back is not cancelled: only it tells what became of a write that was cut off.
  if (!written.ok) return lookAfter(world, management, job, written.failure);
  const back = await management.read();
  return back.ok ? back : fail({ failure: afterWrite(back.failure), written: 'maybe' });
}

function send(
  management: Management,
  change: EntryChange,
  signal: AbortSignal,
): ReturnType<Management['send']> {
  const { kind, before, after, providers, fields } = change;
  if (kind === 'remove' || after === null) {
    const name = before?.name ?? '';
    const unique = before !== null && isUniqueName([...providers, before], name);
    return unique
      ? deleteProvider(management.send, name, signal)
      : putProviders(management.send, providers, signal);
  }
  return writePlan(management.send, { kind, before, after, providers, fields }, signal);
}

/** CLIProxyAPI's own words that it did not write. All else may come from something in between (toolchain section 4). */
function isRefusal(failure: Failure): boolean {
  if (failure.code === 'rejected') return failure.status === 400;
  const own: FailureCode[] = [
    'key-refused',
    'key-not-received',
    'banned',
    'remote-disabled',
    'key-not-set',
    'item-gone',
    'feature-missing',
  ];
  return own.includes(failure.code);
}

/** A write that was cut off may still be carried out: it is looked for until it would have been. */
async function lookAfter(
  world: World,
  management: Management,
  job: ChangeJob,
  failure: Failure,
): Promise<Result<ConfigRead, ApplyFailure>> {
  let read: Result<ConfigRead> = fail({ code: 'outcome-unknown' });
  for (const wait of SETTLE_MS) {
    await world.clock.sleep(wait);
    read = await management.read();
    if (!read.ok || !(await job.holds(read.value))) continue;
    return failure.code === 'save-failed' ? fail({ failure, written: 'memory-only' }) : read;
  }
  return read.ok
    ? fail({ failure, written: 'no' })
    : fail({ failure: afterWrite(read.failure), written: 'maybe' });
}

/** Management that answered just before the write and now denies to exist has lost its configuration. */
const afterWrite = (failure: Failure): Failure =>
  failure.code === 'management-off' || failure.code === 'collapsed'
    ? { code: 'collapsed' }
    : { code: 'outcome-unknown' };

/** Waits until the list has come to rest, or holds what was written. */
async function settle(
  world: World,
  management: Management,
  job: ChangeJob,
  first: ConfigRead,
): Promise<Result<ConfigRead, ApplyFailure>> {
  let config = first;
  for (const wait of SETTLE_MS) {
    await world.clock.sleep(wait);
    const read = await management.read();
    if (!read.ok) return fail({ failure: afterWrite(read.failure), written: 'maybe' });
    config = read.value;
    if (await job.holds(config)) break;
  }
  return ok(config);
}

/** Closes the record of a write that did not come about; one whose outcome is unknown stays open for the next start. */
async function closing(
  world: World,
  job: ChangeJob,
  outcome: Result<ConfigRead, ApplyFailure>,
): Promise<Result<Applied, ApplyFailure>> {
  if (outcome.ok) return ok({ config: outcome.value, wrote: true });
  const { failure, written } = outcome.failure;
  const open = failure.code === 'outcome-unknown';
  if (!open) {
    await updateRecord(world, job.id, { phase: written === 'no' ? 'not-written' : 'needs-look' });
  }
  return outcome;
}

const notWritten = (failure: Failure): Result<Applied, ApplyFailure> => fail({ failure, written: 'no' });
