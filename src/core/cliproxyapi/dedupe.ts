import type { ProviderFamily } from './lists/list-traits';
import { rulesOf } from './lists/table';
import type { Provider } from './provider';
import { parseVersion } from '../version';

/**
 * Whether the server would take an entry for another one of the list and drop one of them with a 200 (seen at 7.2.140 in
 * the lists of Gemini and Vertex).
 */
export function isTakenForAnother(
  family: ProviderFamily,
  providers: readonly Provider[],
  entry: Provider,
  version: string | null | undefined,
): boolean {
  const { twinKey } = rulesOf(family);
  if (!twinKey) return false;
  const known = parseVersion(version);
  const own = twinKey(entry, known);
  return providers.some((other) => other !== entry && twinKey(other, known) === own);
}
