import type { ListName } from './list-traits';
import { listTraits } from './table';
import type { Provider } from '../provider';
import { parseVersion } from '../../version';

/**
 * Whether the server would take an entry for another one of the list and drop one of them with a 200 (seen at 7.2.140 in
 * the lists of Gemini and Vertex).
 */
export function serverWouldMerge(
  list: ListName,
  providers: readonly Provider[],
  entry: Provider,
  version: string | null | undefined,
): boolean {
  const { dedupeKey } = listTraits(list);
  if (!dedupeKey) return false;
  const known = parseVersion(version);
  const own = dedupeKey(entry, known);
  return providers.some((other) => other !== entry && dedupeKey(other, known) === own);
}
