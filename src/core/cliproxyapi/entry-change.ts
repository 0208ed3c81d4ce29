import { canonicalJson } from '../json';
import type { ListName } from './lists/list-traits';
import type { Provider } from './provider';
import { entryAt, type ProviderList } from './provider-list';

/** One change of one entry, as it will be written. `after: null` removes it. */
export interface EntryChange {
  kind: 'create' | 'update' | 'remove';
  list: ListName;
  before: Provider | null;
  after: Provider | null;
  /** The whole list after the write; it holds the very object `after`. */
  providers: readonly Provider[];
  /** Top-level fields that differ; none: the whole list is sent. */
  fields: string[];
  /** More entries than this one change: the whole list is sent in any case. */
  whole?: boolean;
  /** With `whole`: what has to be written before it in any case. */
  first?: IntermediateWrite;
  /** Of entries that come back: the names of the groups of 8.x that went with them. */
  groupNames?: ReadonlyMap<Provider, string>;
  /** Of entries that have no name themselves: what a group of 8.x that is made for them is to be called. */
  nameWishes?: ReadonlyMap<Provider, string>;
  /** What the same write does to other lists, where it is one for all (groups of 8.x). */
  also?: readonly EntryChange[];
}

/** A change with what goes into other lists by the same write: one for each list. */
export const listChanges = (change: EntryChange): EntryChange[] => [change, ...(change.also ?? [])];

/** A list that is written and loaded before the planned one. */
export interface IntermediateWrite {
  /** What is in the place of the touched entry. */
  entry: Provider;
  providers: readonly Provider[];
  /** Where several entries change: each as it is in between, and as it becomes; null: it goes. */
  swaps?: (readonly [Provider, Provider | null])[];
}

type List = Pick<ProviderList, 'list' | 'providers'>;

/** The change that adds an entry at a place. */
export const insertion = ({ list, providers }: List, index: number, after: Provider): EntryChange => ({
  kind: 'create',
  list,
  before: null,
  after,
  providers: providers.toSpliced(index, 0, after),
  fields: [],
});

/** The change that puts an entry in the place of another. */
export function replacement({ list, providers }: List, index: number, after: Provider): EntryChange {
  const before = entryAt({ providers, index });
  const fields = changedFields(before, after);
  return { kind: 'update', list, before, after, providers: providers.with(index, after), fields };
}

/** The change that takes an entry out of its list. */
export const removal = ({ list, providers }: List, index: number): EntryChange => ({
  kind: 'remove',
  list,
  before: entryAt({ providers, index }),
  after: null,
  providers: providers.toSpliced(index, 1),
  fields: [],
});

/** Top-level fields whose JSON differs. */
export function changedFields(before: Provider, after: Provider): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => {
    const [a, b] = [before[name], after[name]];
    return a !== b && canonicalJson(a ?? null) !== canonicalJson(b ?? null);
  });
}
