import type { ManagementUrl } from '../../core/connection/management-url';
import type { Failure } from '../../core/failures/failure';
import { hasGroups } from '../../targets/cliproxyapi/read-config';
import type { SendManagement } from '../../targets/cliproxyapi/send';
import type { Ports } from '../ports';
import { noteAnswer } from './note-told';

/**
 * A server whose `/v0` denies to exist has management switched off, or no `/v0` any more. That is asked of `/v8`, which says
 * so without counting a refusal where it is off, too. No 8.0.x is without `/v0`; a fork tells of one that is.
 */
export async function whyUnread(
  ports: Ports,
  send: SendManagement,
  { root, host }: ManagementUrl,
  failure: Failure,
): Promise<Failure> {
  if (failure.code !== 'management-off') return failure;
  const asked = await hasGroups(send);
  if (!asked.ok)
    return ['management-off', 'feature-missing'].includes(asked.failure.code) ? failure : asked.failure;
  if (!asked.value) return failure;
  const gone: Failure = { code: 'v0-gone', host };
  // The answer of `/v8` has shown the connection as one that works.
  await noteAnswer(ports, root, gone);
  return gone;
}
