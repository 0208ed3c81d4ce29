import { keyInPath, ownKeys } from './list';
import { say } from '../messages';
import { refuse, success } from '../reply';
import type { RelayState } from '../state';
import type { Call, RelayUser, Reply } from '../types';

const MAX_BATCH = 100;

export function revealKey(state: RelayState, call: Call, user: RelayUser): Reply {
  const found = keyInPath(state, call, user);
  return 'headers' in found ? found : success({ key: found.key });
}

/** Ids in a body `{"ids":[…]}`; undefined if it is anything else, or empty. */
export function idsInBody(call: Call): number[] | undefined {
  let body: unknown;
  try {
    body = JSON.parse(call.body);
  } catch {
    return undefined;
  }
  const ids: unknown = typeof body === 'object' && body !== null && 'ids' in body ? body.ids : undefined;
  if (!Array.isArray(ids) || ids.length === 0) return undefined;
  return ids.every((id): id is number => Number.isInteger(id)) ? ids : undefined;
}

/** Foreign and unknown ids are left out without a word. */
export function revealKeys(state: RelayState, call: Call, user: RelayUser): Reply {
  const ids = idsInBody(call);
  if (ids === undefined) return refuse(say(call, 'parametersInvalid'));
  if (ids.length > MAX_BATCH) return refuse(say(call, 'tooMany'));
  const found = ownKeys(state, user).filter((key) => ids.includes(key.id));
  return success({ keys: Object.fromEntries(found.map((key) => [String(key.id), key.key])) });
}
