import { listChanges, type EntryChange, type IntermediateWrite } from '../../core/cliproxyapi/entry-change';
import { finalWrite, intermediateChange, intermediateWrite } from '../../core/cliproxyapi/intermediate-write';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Applied, ApplyFailure, ChangeJob } from './change-job';
import { UNSERVED_REST_MS, waitForCooldown } from './cooldown';
import { lastLook, readToWrite } from './last-look';
import { wayToWrite, type WriteWay } from '../connection/write-way';
import { noteUnseen, unloadedBy } from './unloaded';
import { afterWrite, settle, writeAndReadBack, type Basis, type Written } from './write-change';

/** Two browsers that wrote 0.1 s apart: what was listed 0.3 s after the write was gone within a second of it. */
const LATE_REVERT_MS = 1_000;

/** What a proof found: the write is there, or a reload took it back and `config` no longer holds it. */
export type Proved<T> = { kind: 'stays'; value: T } | { kind: 'lost'; config: ProxyConfig };

/**
 * Writes, proves, and writes once more if a reload took the write back between the two (CLIProxyAPI 7.2). Taken back twice,
 * it fails with `not-saved`.
 */
export async function applyAndProve<T>(
  job: ChangeJob,
  prove: (applied: Applied) => Promise<Result<Proved<T>, ApplyFailure>>,
): Promise<Result<T, ApplyFailure>> {
  let applied = await applyChange(job);
  for (const isLast of [false, true]) {
    const proved = applied.ok ? await prove(applied.value) : applied;
    if (!proved.ok) return proved;
    if (proved.value.kind === 'stays') return ok(proved.value.value);
    if (!isLast) applied = await applyOnceMore(job, proved.value.config);
  }
  await job.setPhase('not-written');
  return fail({ failure: { code: 'not-saved' }, written: 'no' });
}

/** A change whose end does not rest on what is served: `prove` only asks, and the list is looked at once more after it. */
export const applyAndStay = (
  job: ChangeJob,
  prove?: (applied: Applied) => Promise<unknown>,
): Promise<Result<Applied, ApplyFailure>> =>
  applyAndProve<Applied>(job, async (applied) => {
    await prove?.(applied);
    const lost = await lostAfter(job, applied);
    if (!lost.ok) return lost;
    return ok(lost.value ? { kind: 'lost', config: lost.value } : { kind: 'stays', value: applied });
  });

/**
 * Changes one list, or several by one write. Call it in `changeProxy`. Not before the last write has settled, on a list
 * read at once before, journaled before it is sent, read back after it. A write that a reload reverted is planned afresh and tried once more.
 */
async function applyChange(job: ChangeJob): Promise<Result<Applied, ApplyFailure>> {
  await waitForCooldown(job);
  if (job.signal.aborted) return notWritten({ code: 'cancelled' });
  await job.showStage('reading');
  const config = await readToWrite(job);
  if (!config.ok) return notWritten(config.failure);
  const agreed = await decideOn(job, config.value, { reverted: false });
  if (!agreed.ok) return notWritten(agreed.failure);
  if (agreed.value === null) return ok({ config: config.value, wroteAt: null });
  const { change, basis } = agreed.value;
  const opened = await job.journal(change);
  if (!opened.ok) return notWritten(opened.failure);
  const written = await writeAndSettle(job, basis, change);
  // Somebody was faster, and nothing of ours is there: the same plan on what there is now, or the user is asked again.
  const isOvertaken = !written.ok && written.failure.failure.code === 'list-changed';
  const last = isOvertaken ? await writeOnChanged(job) : written;
  if (!last.ok || (await job.isApplied(last.value.config))) return closing(job, last);
  return applyOnceMore(job, last.value.config);
}

async function writeOnChanged(job: ChangeJob): Promise<Written> {
  const config = await readToWrite(job);
  if (!config.ok) return fail({ failure: config.failure, written: 'no' });
  const agreed = await decideOn(job, config.value, { reverted: false });
  if (!agreed.ok) return fail({ failure: agreed.failure, written: 'no' });
  if (agreed.value === null) return ok({ config: config.value, wroteAt: job.ports.clock.now() });
  return writeAndSettle(job, agreed.value.basis, agreed.value.change);
}

/** What is to be written into this configuration, and how; null: nothing is left to write. */
async function decideOn(
  job: ChangeJob,
  config: ProxyConfig,
  { reverted }: Pick<Basis, 'reverted'>,
): Promise<Result<{ change: EntryChange; basis: Basis } | null>> {
  const change = await job.decide(config);
  if (!change.ok) return change;
  if (change.value === null) return ok(null);
  let way: WriteWay = 'lists';
  for (const { list } of listChanges(change.value)) {
    const own = await wayToWrite(job.management, config, list);
    if (!own.ok) return own;
    way = own.value;
  }
  // The file got another layout since the lists were put together.
  if (way === 'lists' && change.value.also) return fail({ code: 'list-changed' });
  return ok({ change: change.value, basis: { config, way, reverted } });
}

/** The second and last try, after a reload has reverted the first. `config`: as it is now. */
const applyOnceMore = async (job: ChangeJob, config: ProxyConfig): Promise<Result<Applied, ApplyFailure>> =>
  closing(job, await tryOnceMore(job, config));

async function tryOnceMore(job: ChangeJob, config: ProxyConfig): Promise<Written> {
  const look = await lastLook(job, config);
  const again = look.ok ? await decideOn(job, look.value, { reverted: true }) : look;
  if (!again.ok) {
    // The list is no longer the one that was agreed to: what of ours is in it is not known.
    const failure: Failure = again.failure.code === 'list-changed' ? { code: 'overwritten' } : again.failure;
    return fail({ failure, written: 'maybe' });
  }
  if (again.value === null) return ok({ config, wroteAt: job.ports.clock.now() });
  const written = await writeAndSettle(job, again.value.basis, again.value.change);
  // The file may hold what memory does not, whatever became of the second write.
  if (!written.ok && again.value.basis.way === 'groups')
    return fail({ ...written.failure, written: 'maybe' });
  if (!written.ok || (await job.isApplied(written.value.config))) return written;
  return fail({ failure: { code: 'not-saved' }, written: 'no' });
}

/**
 * Writes, and where the list that was read back does not hold the change, waits for it to come to rest.
 */
async function writeAndSettle(job: ChangeJob, basis: Basis, change: EntryChange): Promise<Written> {
  const list = selectList(basis.config, change.list);
  if (!list.ok) return fail({ failure: list.failure, written: basis.reverted ? 'maybe' : 'no' });
  noteUnseen(job, change, basis);
  // Groups are stored as they are sent: nothing of the file comes back into them.
  const intermediate = basis.way === 'lists' ? intermediateWrite(change, list.value, basis) : undefined;
  const written = await (intermediate
    ? writeBoth(job, change, intermediate, basis)
    : writeAndReadBack(job, change, basis));
  return !written.ok || (await job.isApplied(written.value.config)) ? written : settle(job);
}

/** Makes the intermediate write and the final one, and reads the final one back. */
async function writeBoth(
  job: ChangeJob,
  change: EntryChange,
  intermediate: IntermediateWrite,
  basis: Basis,
): Promise<Written> {
  if (job.signal.aborted) return fail({ failure: { code: 'cancelled' }, written: 'no' });
  // Nobody wants the intermediate list: from here on the user's Stop is not heard.
  const steady = { ...job, signal: new AbortController().signal };
  const ready = await writeIntermediate(steady, change, intermediate, basis);
  if (!ready.ok) return ready;
  const written = await writeAndReadBack(steady, ready.value, basis);
  // The intermediate write is in the list, even where the final one was refused.
  return written.ok ? written : fail({ ...written.failure, written: 'maybe' });
}

/** Makes the intermediate write, waits until it is loaded, and decides the final one on the list of that moment. */
async function writeIntermediate(
  job: ChangeJob,
  change: EntryChange,
  intermediate: IntermediateWrite,
  basis: Basis,
): Promise<Result<EntryChange, ApplyFailure>> {
  const isApplied = async (config: ProxyConfig): Promise<boolean> => {
    const list = selectList(config, change.list);
    return list.ok && finalWrite(change, intermediate, list.value.providers) !== undefined;
  };
  const written = await writeAndReadBack(
    { ...job, isApplied },
    intermediateChange(change, intermediate),
    basis,
  );
  if (!written.ok) return written;
  await job.ports.clock.sleep(UNSERVED_REST_MS, job.signal);
  const config = await job.management.read();
  if (!config.ok) return fail({ failure: afterWrite(config.failure), written: 'maybe' });
  const list = selectList(config.value, change.list);
  if (!list.ok) return fail({ failure: list.failure, written: 'maybe' });
  const final = finalWrite(change, intermediate, list.value.providers);
  if (final) return ok(final);
  // Reverted like the first one, and the list is as it was; or somebody else is at work on this very entry.
  const unchanged = await job.decide(config.value);
  return unchanged.ok && unchanged.value !== null
    ? fail({ failure: { code: 'not-saved' }, written: 'no' })
    : fail({ failure: { code: 'overwritten' }, written: 'maybe' });
}

/**
 * Looks again, not before a second after the write: another client that writes at the same moment can have it undone by
 * a reload that comes after the registry had listed it (seen at 7.2.140 with two browsers). Undefined: the change is
 * still there, or the proxy gives no answer and its last one is believed; else the configuration that lacks the change,
 * which is that of before where only the file has it.
 */
export async function lostSince(
  job: ChangeJob,
  wroteAt: number | null,
): Promise<Result<ProxyConfig | undefined>> {
  if (wroteAt === null) return ok(undefined);
  const { clock } = job.ports;
  await clock.sleep(wroteAt + LATE_REVERT_MS - clock.now(), job.signal);
  const read = await job.management.read();
  if (!read.ok)
    return afterWrite(read.failure).code === 'collapsed' ? fail({ code: 'collapsed' }) : ok(undefined);
  return ok((await job.isApplied(read.value)) ? await unloadedBy(job) : read.value);
}

/** `lostSince` as the end of a change: a configuration that has collapsed needs a look. */
async function lostAfter(
  job: ChangeJob,
  { wroteAt }: Applied,
): Promise<Result<ProxyConfig | undefined, ApplyFailure>> {
  const lost = await lostSince(job, wroteAt);
  if (lost.ok) return lost;
  await job.setPhase('needs-look');
  return fail({ failure: lost.failure, written: 'maybe' });
}

/** Closes the record of a write that failed; a record whose outcome is unknown stays open for the next start. */
async function closing(job: ChangeJob, outcome: Written): Promise<Written> {
  if (outcome.ok) return outcome;
  const { failure, written, unseen } = outcome.failure;
  if (!failure.code.startsWith('outcome-'))
    await job.setPhase(written === 'no' ? 'not-written' : 'needs-look', unseen);
  return outcome;
}

const notWritten = (failure: Failure): Result<Applied, ApplyFailure> => fail({ failure, written: 'no' });
