import type { KeyView } from './view';

/** Keys that stand together in a list. */
export interface KeyRun {
  /** Index of the first. */
  at: number;
  count: number;
  /** The relay that several of them share; false: each is of another relay. */
  shared: boolean;
}

/** Whose keys they are: an account's, or, entered by hand, those of one relay. */
const relayOf = ({ accountId, relayName, host }: KeyView): string => accountId ?? `${relayName}\n${host}`;

/**
 * A list of keys in runs: neighbours of one relay, and between them those that share theirs with no neighbour. None where
 * no relay is shared.
 */
export function relayRuns(keys: readonly KeyView[]): KeyRun[] {
  const runs: KeyRun[] = [];
  for (let at = 0; at < keys.length;) {
    const relay = relayOf(keys[at]!);
    let end = at + 1;
    while (end < keys.length && relayOf(keys[end]!) === relay) end++;
    const last = runs.at(-1);
    if (end - at === 1 && last && !last.shared) last.count++;
    else runs.push({ at, count: end - at, shared: end - at > 1 });
    at = end;
  }
  return runs.some(({ shared }) => shared) ? runs : [];
}
