import type { Unread } from '../../core/carry-over/view';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import { lookAtGroups } from '../connection/look-at-groups';
import { openManagement } from '../connection/open-management';
import { readWritable } from '../connection/read-writable';
import type { Ports } from '../ports';

/** The configurations of two CLIProxyAPIs. They hold keys. */
export interface Both {
  there: ProxyConfig;
  here: ProxyConfig;
}

/** Reads the one to compare with, by its id, and the one of `ports`, which must be one to write to, side by side. */
export async function readBoth(
  ports: Ports,
  from: string,
  signal?: AbortSignal,
): Promise<Result<Both, Unread>> {
  const [there, here] = await Promise.all([
    readThere(ports, from, signal),
    readWritable(ports, { look: lookAtGroups, ...(signal && { signal }) }),
  ]);
  if (!here.ok) return fail(unread('here', here.failure));
  return there.ok
    ? ok({ there: there.value, here: here.value.config })
    : fail(unread('there', there.failure));
}

/** Only read: it may be of a version that is not written to. */
export async function readThere(
  ports: Ports,
  from: string,
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  const management = await openManagement(ports.at(from));
  return management.ok ? management.value.read(signal) : management;
}

export const unread = (side: Unread['side'], failure: Failure): Unread => ({ kind: 'unread', side, failure });
