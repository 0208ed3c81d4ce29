import { isEmptyField } from '../same-entry';
import { withField } from './change-key';
import type { Group } from './groups';

/** Fields of every family whose empty value is as good as none. */
const EMPTY = [
  ['prefix', ''],
  ['headers', {}],
  ['priority', 0],
] as const;

/**
 * A group that says the same in other bytes: the server does not load a file again whose bytes it believes it has loaded
 * (CLIProxyAPI 7.2, and 8.0). Undefined where there is nothing to vary.
 */
export function otherBytesOf(group: Group): Group | undefined {
  const found = EMPTY.find(([field]) => isEmptyField(field, group[field]));
  if (!found) return undefined;
  const [field, nothing] = found;
  return withField(group, field, field in group ? null : nothing);
}
