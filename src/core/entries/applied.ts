import type { EntryChange } from '../cliproxyapi/entry-change';
import type { Provider } from '../cliproxyapi/provider';
import { withoutEmpty } from '../cliproxyapi/same-entry';
import { canonicalJson } from '../json';
import { memo } from '../memo';

/** What an entry holds, as one text that is the same for the same entry; found once for each. */
export const entryContent = memo((entry: Provider) => canonicalJson(withoutEmpty(entry)), new WeakMap());

/**
 * How many entries of a list are as the change makes its entry or, where it removes the entry, as that was. Equal
 * entries cannot be told apart, so an edit of one is seen by their number.
 */
export function countTouched({ before, after }: EntryChange, providers: readonly Provider[]): number {
  const touched = after ?? before;
  return touched ? providers.filter((entry) => entryContent(entry) === entryContent(touched)).length : 0;
}

/** Whether a list holds the change; `counted`: `countTouched` of the list that it was decided on. */
export function isEditApplied(change: EntryChange, providers: readonly Provider[], counted: number): boolean {
  const now = countTouched(change, providers);
  return change.after === null ? now < counted : now > counted;
}
