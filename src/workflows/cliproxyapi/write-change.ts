import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure, FailureCode } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import { writeChange } from '../../targets/cliproxyapi/write-change';
import type { Applied, ApplyFailure, ChangeJob } from './change-job';
import { restAfterWrite } from './cooldown';
import type { WriteWay } from '../connection/write-way';
import { keepFile, noteWritten } from './keep-file';
import { writeGroups } from './write-groups';

/** A reload in flight can revert a write within this time (CLIProxyAPI 7.2). */
export const SETTLE_MS = [400, 800, 1_200] as const;

/** What a change was decided on, and how it is written. */
export interface Basis {
  config: ProxyConfig;
  way: WriteWay;
  /** A reload took back the first try. */
  reverted: boolean;
}

/** What was read back, and from when on nobody takes it back any more; or why it was not written as planned. */
export type Written = Result<Applied & { wroteAt: number }, ApplyFailure>;

/**
 * One write, from the send to the list that was read back after it. An answer that was not CLIProxyAPI's own tells nothing,
 * so the list is looked at until it holds the write.
 */
export async function writeAndReadBack(job: ChangeJob, change: EntryChange, basis: Basis): Promise<Written> {
  const { ports, management, signal } = job;
  if (signal.aborted) return fail({ failure: { code: 'cancelled' }, written: 'no' });
  await job.showStage('writing');
  await keepFile(job, basis.config);
  const written = await (basis.way === 'groups'
    ? writeGroups(job, change, basis)
    : writeChange(management.send, management.url.host, change, signal));
  const wroteAt = ports.clock.now();
  await restAfterWrite(ports, false);
  await noteWritten(job);
  if (!written.ok && isRefusal(written.failure)) return fail({ failure: written.failure, written: 'no' });
  await job.setPhase('written');
  // Somebody between us and the proxy refused: it is not asked again, so nobody knows.
  if (!written.ok && written.failure.code === 'forbidden')
    return fail({ failure: { code: 'outcome-unknown' }, written: 'maybe' });
  await job.showStage('reading-back');
  // Reading back is not cancelled: only it shows whether a write that was cut off was carried out.
  if (!written.ok) return lookAfter(job, written.failure);
  return readBack(await management.read(), wroteAt);
}

/** CLIProxyAPI's own words that it did not write. All else may come from something in between. */
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
    // Nothing was sent, or 8.x says that nothing was stored.
    'list-changed',
    'file-differs',
    'file-not-text',
    'file-without-keys',
    'file-not-shown',
    'file-twin',
    'file-field',
    'file-refused',
  ];
  return own.includes(failure.code);
}

/** A write that was not answered as made may still be: it is looked for until it would have been. */
async function lookAfter(job: ChangeJob, failure: Failure): Promise<Written> {
  const read = await readUntilApplied(job, { patient: true });
  const found = readBack(read, job.ports.clock.now());
  if (!found.ok) return found;
  const isThere = await job.isApplied(found.value.config);
  if (failure.code !== 'save-failed') return isThere ? found : fail({ failure, written: 'no', unseen: true });
  // In its memory and not on its disk; or not even there, whoever said so.
  const { host } = job.management.url;
  return isThere
    ? fail({ failure, written: 'maybe' })
    : fail({ failure: { code: 'server-error', host, status: 500 }, written: 'no', unseen: true });
}

/** Waits until the list holds what was written, or has come to rest. */
export async function settle(job: ChangeJob): Promise<Written> {
  const read = await readUntilApplied(job, { patient: false });
  return readBack(read, job.ports.clock.now());
}

/** Reads until the list holds what was written or the time is up; unless `patient`, until a reading fails. */
async function readUntilApplied(
  job: ChangeJob,
  { patient }: { patient: boolean },
): Promise<Result<ProxyConfig>> {
  let read: Result<ProxyConfig> = fail({ code: 'outcome-unknown' });
  for (const wait of SETTLE_MS) {
    await job.ports.clock.sleep(wait);
    read = await job.management.read();
    if (read.ok ? await job.isApplied(read.value) : !patient) break;
  }
  return read;
}

const readBack = (read: Result<ProxyConfig>, wroteAt: number): Written =>
  read.ok
    ? ok({ config: read.value, wroteAt })
    : fail({ failure: afterWrite(read.failure), written: 'maybe' });

/** Management that answered just before the write and now denies to exist has lost its configuration. */
export function afterWrite({ code }: Failure): Failure {
  if (code === 'management-off' || code === 'collapsed') return { code: 'collapsed' };
  return { code: code === 'key-refused' || code === 'banned' ? 'outcome-refused' : 'outcome-unknown' };
}
