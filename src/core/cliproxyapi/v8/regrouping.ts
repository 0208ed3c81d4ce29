import type { EntryChange } from '../entry-change';
import type { ListName } from '../lists/list-traits';
import type { Provider } from '../provider';
import type { Group } from './groups';
import type { Origins } from './match';

/** A change of a list of `/v0`, and where its entries are in the groups of the file. */
export interface Regrouping {
  list: ListName;
  /** The list that the change was decided on, and as it becomes. */
  before: readonly Provider[];
  after: readonly Provider[];
  change: Pick<EntryChange, 'before' | 'after' | 'whole' | 'groupNames' | 'nameWishes'>;
  groups: readonly Group[];
  origins: Origins;
  /** A name that no group of any family has, made from the one that is wished for. */
  nameFor(wish: unknown): string;
}

/** What became of the entries before; an entry that is missing is new, or goes. */
export interface Fates {
  /** Where the entry before is in the groups. */
  placeOf(old: Provider): { group: number; key: number | null };
  /** The entry before that became this one. */
  oldOf(entry: Provider): Provider | undefined;
  isGone(old: Provider): boolean;
}
