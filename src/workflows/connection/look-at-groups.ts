import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { asInFile, isAhead } from '../../core/cliproxyapi/v8/ahead';
import type { FileFindings } from '../../core/cliproxyapi/v8/file-notices';
import { shownPlace } from '../../core/cliproxyapi/v8/file-notices';
import { findingsIn } from '../../core/cliproxyapi/v8/findings';
import { fail, ok, type Result } from '../../core/failures/result';
import { readFileGroups } from '../../targets/cliproxyapi/groups';
import type { Management } from './open-management';

/**
 * What stands in the groups of config.yaml. Fails where no write of them can pass: groups that cannot be read, or whose keys
 * have no value. Those who plan are given this as a parameter, since the worker loads it later than the plan of one key.
 */
export async function lookAtGroups(
  { send, url }: Management,
  config: ProxyConfig,
  signal?: AbortSignal,
): Promise<Result<FileFindings>> {
  const read = await readFileGroups(send, url.host, signal);
  if (!read.ok) return read;
  const [without] = read.value.withoutKeys;
  if (without) return fail({ code: 'file-without-keys', ...shownPlace(without) });
  const ahead = isAhead(asInFile(read.value, config), config);
  return ok({ ...findingsIn(read.value), ...(ahead && { ahead }) });
}
export type LookAtGroups = typeof lookAtGroups;
