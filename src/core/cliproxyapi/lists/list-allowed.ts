import type { ListName } from './list-traits';
import { listTraits } from './table';
import { atLeast, parseVersion } from '../../version';

/** Why a list may not be written on a server, or undefined. */
export interface ListRefusal {
  code: 'list-too-new';
  list: string;
  version: string;
  since: string;
}

/** An older server may lack a list. One that names no version is taken for a new one. */
export function listRefusal(list: ListName, version: string | null): ListRefusal | undefined {
  const known = parseVersion(version);
  const { since } = listTraits(list);
  if (!known || version === null || !since || atLeast(known, since)) return undefined;
  return { code: 'list-too-new', list, version, since: since.join('.') };
}
