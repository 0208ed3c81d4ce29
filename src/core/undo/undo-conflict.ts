import { clientNameOf, keyEntries, modelsOf } from '../cliproxyapi/provider';
import type { RedactedProvider } from '../cliproxyapi/redact';
import { isEmptyField } from '../cliproxyapi/same-entry';
import type { UndoConflict } from '../import/opened';
import { changedFields } from '../cliproxyapi/entry-change';
import { canonicalJson } from '../json';

const COUNTED_ELSEWHERE = new Set(['api-key-entries', 'models']);

/** What others added to an entry, or changed in it, since it was left as `left`: undoing would take it away. */
export function conflictOf(current: RedactedProvider, left: RedactedProvider): UndoConflict {
  return {
    // Where an entry is a key, it was found by that key.
    keys: 'api-key' in current ? 0 : added(keyEntries(current), keyEntries(left)).length,
    models: added(modelsOf(current), modelsOf(left)).map(clientNameOf),
    fields: changedFields(left, current).filter(
      (field) =>
        !COUNTED_ELSEWHERE.has(field) &&
        !(isEmptyField(field, left[field]) && isEmptyField(field, current[field])),
    ),
  };
}

/** How many keys that our write brought others changed since: what they set goes wherever such a key goes. */
export function ownKeysSet(
  current: RedactedProvider,
  left: RedactedProvider,
  before: RedactedProvider | null,
): number {
  const textsOf = (entry: RedactedProvider | null): Set<unknown> =>
    new Set(entry ? keyEntries(entry).map((key) => key['api-key']) : []);
  const [ours, known] = [textsOf(left), textsOf(before)];
  if ('api-key' in current) return 0;
  return added(keyEntries(current), keyEntries(left)).filter(
    (key) => ours.has(key['api-key']) && !known.has(key['api-key']),
  ).length;
}

function added<T>(now: readonly T[], then: readonly T[]): T[] {
  const known = new Set(then.map((item) => canonicalJson(item)));
  return now.filter((item) => !known.has(canonicalJson(item)));
}

export const joinConflicts = (conflicts: readonly UndoConflict[]): UndoConflict => ({
  keys: conflicts.reduce((sum, { keys }) => sum + keys, 0),
  models: conflicts.flatMap(({ models }) => models),
  fields: [...new Set(conflicts.flatMap(({ fields }) => fields))],
});
