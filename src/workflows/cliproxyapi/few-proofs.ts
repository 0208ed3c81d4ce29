import type { Management } from '../connection/open-management';
import { paced } from '../connection/paced';
import { fewAtOnce } from '../few-at-once';

/**
 * Proofs that are under way at once, so that they wait side by side. Their requests go one by one: each costs the proxy
 * 70 ms of a core, four at once took as long on two cores, and each that is in flight would count where the management key
 * is refused meanwhile.
 */
const PROOFS_AT_ONCE = 2;

/** Proves keys, each with the client that it is handed. */
export function fewProofs<T>(
  management: Management,
  keys: readonly T[],
  prove: (key: T, client: Management) => Promise<void>,
): Promise<void> {
  const client = paced(management, 1);
  return fewAtOnce(keys, PROOFS_AT_ONCE, (key) => prove(key, client));
}
