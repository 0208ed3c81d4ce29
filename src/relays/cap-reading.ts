import { MOST_MODELS } from '../core/aliases/proposed-models';
import type { AccountReading, RemoteKey } from './relay';

/** More than any relay has; the rest would only fill the browser's 10 MiB, which also remember refused management keys. */
const MOST = { name: 200, systemName: 80, account: 2_000_000 };

/**
 * What is kept of an account at most: names and groups of 200 characters, as many models a key as one may bring, and 2 million characters of
 * keys in all. Keys beyond those are left out, which `more` says; of the others nothing is made wider than it is.
 */
export function capReading(reading: AccountReading): AccountReading {
  let chars = 0;
  const keys = reading.keys.map(capKey);
  const fitting = keys.findIndex((key) => (chars += JSON.stringify(key).length) > MOST.account);
  return {
    ...reading,
    systemName: reading.systemName.slice(0, MOST.systemName),
    keys: fitting < 0 ? keys : keys.slice(0, fitting),
    more: reading.more || fitting >= 0,
  };
}

/** A model whose name is longer is none that could be asked for. */
export const isModelName = (name: string): boolean => name !== '' && name.length <= MOST.name;

/** One key within these bounds. */
export function capKey(key: RemoteKey): RemoteKey {
  const short = (text: string): string => text.slice(0, MOST.name);
  return {
    ...key,
    name: short(key.name),
    mask: short(key.mask),
    group: short(key.group),
    ...(key.platform !== undefined && { platform: short(key.platform) }),
    models: key.models?.filter(isModelName).slice(0, MOST_MODELS) ?? null,
  };
}
