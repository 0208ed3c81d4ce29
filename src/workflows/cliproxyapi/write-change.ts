import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { Failure, FailureCode } from '../../core/failure';
import { fail, ok, type Result } from '../../core/result';
import { writeChange } from '../../targets/cliproxyapi/management';
import type { ApplyFailure, ChangeJob } from '../change-job';
import type { Management } from './open-management';
import { restAfterWrite } from './cooldown';
import type { Ports } from '../ports';

/** A reload in flight can revert a write within this time (CLIProxyAPI 7.2). */
const SETTLE_MS = [400, 800, 1_200] as const;

/** One write, from the send to the list that was read back after it. */
export async function writeAndReadBack(
  ports: Ports,
  management: Management,
  job: ChangeJob,
  change: EntryChange,
): Promise<Result<ProxyConfig, ApplyFailure>> {
  if (job.signal.aborted) return fail({ failure: { code: 'cancelled' }, written: 'no' });
  await job.showStage('writing');
  const written = await writeChange(management.send, change, job.signal);
  await restAfterWrite(ports, false);
  if (!written.ok && isRefusal(written.failure)) return fail({ failure: written.failure, written: 'no' });
  await job.setPhase('written');
  // Somebody between us and the proxy refused: it is not asked again, so nobody knows.
  if (!written.ok && written.failure.code === 'forbidden')
    return fail({ failure: { code: 'outcome-unknown' }, written: 'maybe' });
  await job.showStage('reading-back');
  // Reading back is not cancelled: only it tells what became of a write that was cut off.
  if (!written.ok) return lookAfter(ports, management, job, written.failure);
  const back = await management.read();
  return back.ok ? back : fail({ failure: afterWrite(back.failure), written: 'maybe' });
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
  ];
  return own.includes(failure.code);
}

/** A write that was cut off may still be carried out: it is looked for until it would have been. */
async function lookAfter(
  ports: Ports,
  management: Management,
  job: ChangeJob,
  failure: Failure,
): Promise<Result<ProxyConfig, ApplyFailure>> {
  let read: Result<ProxyConfig> = fail({ code: 'outcome-unknown' });
  for (const wait of SETTLE_MS) {
    await ports.clock.sleep(wait);
    read = await management.read();
    if (!read.ok || !(await job.isApplied(read.value))) continue;
    return failure.code === 'save-failed' ? fail({ failure, written: 'memory-only' }) : read;
  }
  return read.ok
    ? fail({ failure, written: 'no' })
    : fail({ failure: afterWrite(read.failure), written: 'maybe' });
}

/** Management that answered just before the write and now denies to exist has lost its configuration. */
export const afterWrite = (failure: Failure): Failure =>
  failure.code === 'management-off' || failure.code === 'collapsed'
    ? { code: 'collapsed' }
    : { code: 'outcome-unknown' };

/** Waits until the list has come to rest, or holds what was written. */
export async function settle(
  ports: Ports,
  management: Management,
  job: ChangeJob,
  first: ProxyConfig,
): Promise<Result<ProxyConfig, ApplyFailure>> {
  let config = first;
  for (const wait of SETTLE_MS) {
    await ports.clock.sleep(wait);
    const read = await management.read();
    if (!read.ok) return fail({ failure: afterWrite(read.failure), written: 'maybe' });
    config = read.value;
    if (await job.isApplied(config)) break;
  }
  return ok(config);
}
