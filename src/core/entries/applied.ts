import type { EntryChange } from '../cliproxyapi/entry-change';
import type { Provider } from '../cliproxyapi/provider';
import { entryContent } from '../cliproxyapi/same-entry';
import { memo } from '../memo';

/** An entry as it was and as it becomes; null: there was none, or it goes. */
type Touched = Pick<EntryChange, 'before' | 'after'>;

/** How often each content stands in a list: counted once, since each entry of a change of many asks. */
const countsOf = memo((providers: readonly Provider[]) => {
  const counts = new Map<string, number>();
  for (const entry of providers) counts.set(entryContent(entry), (counts.get(entryContent(entry)) ?? 0) + 1);
  return counts;
}, new WeakMap());

/**
 * How many entries of a list are as the change makes its entry or, where it removes the entry, as that was. Equal
 * entries cannot be told apart, so an edit of one is seen by their number.
 */
export function countTouched({ before, after }: Touched, providers: readonly Provider[]): number {
  const touched = after ?? before;
  return touched ? (countsOf(providers).get(entryContent(touched)) ?? 0) : 0;
}

/** Whether a list holds the change; `counted`: `countTouched` of the list that it was decided on. */
export function isEditApplied(change: Touched, providers: readonly Provider[], counted: number): boolean {
  const now = countTouched(change, providers);
  return change.after === null ? now < counted : now > counted;
}
