import { READ_LISTS, type ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { sameEntries } from '../../core/cliproxyapi/same-entry';
import { isOneWrite } from '../../core/connection/layout';
import { fail, ok, type Result } from '../../core/failures/result';
import { readLayout } from '../connection/read-layout';
import type { ChangeJob } from './change-job';

/** Somebody who writes all the time is not waited for. */
const LOOKS = 3;

type Job = Pick<ChangeJob, 'management' | 'signal'>;

/** Reads what the next write is decided on, with the layout of the file. */
export async function readToWrite(job: Job): Promise<Result<ProxyConfig>> {
  const config = await job.management.read(job.signal);
  return config.ok ? lastLook(job, config.value) : config;
}

/**
 * The lists as the last request before a write shows them. Of 8.x the layout is asked for in between, and a write of whole
 * lists would undo what somebody did meanwhile, so they are read once more; a write of groups looks at those by itself.
 * Fails with `list-changed` where they never come to rest.
 */
export async function lastLook(
  { management, signal }: Job,
  config: ProxyConfig,
  looks = LOOKS,
): Promise<Result<ProxyConfig>> {
  const layout = await readLayout(management, config);
  if (layout === null || isOneWrite(layout)) return ok({ ...config, layout });
  const now = await management.read(signal);
  if (!now.ok) return now;
  if (READ_LISTS.every((name) => sameEntries(config.lists[name], now.value.lists[name])))
    return ok({ ...now.value, layout });
  return looks > 1 ? lastLook({ management, signal }, now.value, looks - 1) : fail({ code: 'list-changed' });
}
