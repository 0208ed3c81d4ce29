import type { ListName } from './list-traits';
import { listTraits } from './table';
import { atLeast, parseVersion } from '../../version';

/** Why a list may not be written on a server, or undefined. */
export type ListRefusal =
  | { code: 'list-of-groups'; list: string; version: string }
  | { code: 'list-too-new'; list: string; version: string; since: string };

/**
 * A server of version 8 turns every key of the lists beside the common one into a group of its own, with a made-up name,
 * where the user may have named groups (its documentation of version 8); an older one may lack a list. A server that names no
 * version is taken for a new one of version 7.
 */
export function listRefusal(list: ListName, version: string | null): ListRefusal | undefined {
  const known = parseVersion(version);
  const { since } = listTraits(list);
  if (!known || version === null) return undefined;
  if (list !== 'openai-compatibility' && known[0] >= 8) return { code: 'list-of-groups', list, version };
  if (since && !atLeast(known, since)) return { code: 'list-too-new', list, version, since: since.join('.') };
  return undefined;
}
