import { canonicalJson } from '../json';
import type { ListName } from './lists/list-traits';
import type { Provider } from './provider';

/** One change of one entry, as it will be written. `after: null` removes it. */
export interface EntryChange {
  kind: 'create' | 'update' | 'remove';
  /** The list. */
  list: ListName;
  before: Provider | null;
  after: Provider | null;
  /** The whole list after the write; it holds the very object `after`. */
  providers: readonly Provider[];
  /** Top-level fields that differ; none: the whole list is sent. */
  fields: string[];
  /** More entries than this one change: the whole list is sent in any case. */
  whole?: boolean;
  /** With `whole`: the entries, as they will be, that lose a header. */
  losers?: Provider[];
}

/** Top-level fields whose JSON differs. */
export function changedFields(before: Provider, after: Provider): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => {
    const [a, b] = [before[name], after[name]];
    return a !== b && canonicalJson(a ?? null) !== canonicalJson(b ?? null);
  });
}
