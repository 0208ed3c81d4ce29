import { useCallback, useEffect, useMemo, useRef, useState, type RefCallback } from 'react';
import { relayRuns, type KeyRun } from '../../core/view/relay-groups';
import type { View } from '../../core/view/view';
import { usePage } from '../page-context';
import { focusRow, useRowsInSight, type RowsInSight } from '../parts/use-rows-in-sight';
import { useSelection, type Selection } from '../parts/use-selection';
import { cardKeys, pageKeys, type PressedKey } from './card-keys';
import {
  choiceFrom,
  choicesOf,
  filterKeys,
  keptFor,
  sortKeys,
  type Choices,
  type FilteredKeys,
  type KeyChoice,
  type KeyFilter,
} from './filter';
import { useCardActions } from './use-card-actions';
import { useMedia } from '../use-window';

/** A window of so many CSS pixels has room for every column of the table, by each of which it is sorted. */
export const ALL_COLUMNS = 940;

/** Whether a table has the room of a window of that width, in CSS pixels. From 1024 on the navigation stands beside it. */
export function useRoomFor(width: number): boolean {
  const beside = useMedia('(min-width: 1024px)');
  return useMedia(`(min-width: ${beside ? width + 260 : width}px)`);
}

/** What every list of keys has: a filter, a search by `/`, a selection, and one key that takes focus and letters. */
export interface KeyListState extends FilteredKeys {
  view: View;
  filter: KeyFilter;
  /** The filter without its text: the same object while one types. */
  choice: KeyChoice;
  choices: Choices;
  /** Changes the filter or the order. */
  narrow: Narrow;
  /** For the search field, which `/` goes to. */
  search: RefCallback<HTMLInputElement>;
  /** The index among those shown of the one key that the Tab key reaches; -1: there is none. */
  at: number;
  rows: RowActions;
  selection: Selection;
  /** Those of one relay that stand together; none in an order that does not keep them together. */
  runs: readonly KeyRun[];
  /** For the element around all of it. */
  region: { ref: RefCallback<HTMLElement>; onKeyDown(event: PressedKey): void };
  /** How many keys stand beside one another; the list that draws them tells it. */
  setColumns(columns: number): void;
}

export type Narrow = (change: Partial<KeyFilter>) => void;

/** What a row tells its list; always the same functions, so that a row is drawn anew only when its key changes. */
export interface RowActions {
  setActive(id: string): void;
  /** Chooses a key or gives it up; `through`: and all from the one chosen last. */
  toggle(id: string, through: boolean): void;
}

/** The filters that a key may stop to pass while one looks. */
const BY_STANDING = ['state', 'reason', 'list', 'lacking'] as const;

/** The ids of all CLIProxyAPIs, where there are several; the same list while they stay. */
function useProxyIds({ connection, others }: View): string[] {
  const ids = others ? [connection, ...others].map((one) => one?.id ?? '') : [];
  const text = ids.join(' ');
  return useMemo(() => (text ? text.split(' ') : []), [text]);
}

export function useKeyList(view: View): KeyListState {
  const { keys } = view;
  const proxies = useProxyIds(view);
  const choices = useMemo(() => choicesOf(keys, proxies), [keys, proxies]);
  const { filter, choice, kept, narrow } = useKeyFilter(view, choices);
  const [activeId, setActive] = useState('');
  const selection = useSelection(keys);
  const field = useRef<HTMLInputElement>(null);
  const search = useCallback((input: HTMLInputElement | null) => void (field.current = input), []);
  const region = useRef<HTMLElement>(null);
  const columns = useRef(1);
  const act = useCardActions();
  const { sort, down } = filter;
  const sorted = useMemo(() => sortKeys(keys, { sort, down }), [keys, sort, down]);
  const filtered = useMemo(() => filterKeys(sorted, filter, kept), [sorted, filter, kept]);
  const { shown } = filtered;
  const runs = useMemo(() => (sort === 'listed' || sort === 'relay' ? relayRuns(shown) : []), [shown, sort]);
  const found = useMemo(() => shown.findIndex(({ id }) => id === activeId), [shown, activeId]);
  const latest = useLatest({ selection, shown });
  const rows = useMemo<RowActions>(
    () => ({
      setActive,
      toggle(id, through) {
        const { selection: chosen, shown: order } = latest.current;
        chosen.toggle(id, through ? order : []);
      },
    }),
    [latest],
  );
  const go = (to: number): void => {
    const key = shown[Math.max(0, Math.min(shown.length - 1, to))];
    if (!key) return;
    focusRow(
      () => setActive(key.id),
      () => region.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key.id)}"]`),
    );
  };
  const onKeyDown = (event: PressedKey): void => {
    const list = {
      selection,
      shown,
      columns: columns.current,
      field: field.current,
      filter,
      narrow,
      go,
      act,
    };
    if (!pageKeys(event, list)) cardKeys(event, list);
  };
  useKeysOfFreshPage(onKeyDown);
  useSent(setActive, selection);
  return {
    ...filtered,
    view,
    filter,
    choice,
    choices,
    narrow,
    search,
    at: found < 0 ? Math.min(0, shown.length - 1) : found,
    rows,
    selection,
    runs,
    region: { ref: useCallback((element) => void (region.current = element), []), onKeyDown },
    setColumns: useCallback((count) => void (columns.current = count), []),
  };
}

/** The filter: what is chosen is remembered until the browser is closed; what is typed may be a secret, and is not. */
function useKeyFilter(
  { keys, accounts }: View,
  choices: Choices,
): {
  filter: KeyFilter;
  choice: KeyChoice;
  kept: ReadonlySet<string>;
  narrow: Narrow;
} {
  const [text, setText] = useState('');
  const { note } = usePage().page;
  const [choice, setChoice] = useState(() =>
    choiceFrom(
      note.get(),
      choices,
      accounts.map(({ id }) => id),
    ),
  );
  // The keys that stood so when a state was chosen stay in sight until another one is.
  const [kept, setKept] = useState(() => keptFor(keys, choice));
  const latest = useLatest({ keys, choice });
  const narrow = useCallback<Narrow>(
    ({ text: typed, ...change }) => {
      if (typed !== undefined) setText(typed);
      if (Object.keys(change).length === 0) return;
      const { keys: all, choice: before } = latest.current;
      const next = { ...before, ...change };
      if (BY_STANDING.some((name) => name in change)) setKept(keptFor(all, next));
      setChoice(next);
      note.set(next);
    },
    [latest, note],
  );
  const filter = useMemo(() => ({ ...choice, text }), [choice, text]);
  return { filter, choice, kept, narrow };
}

/** A key whose import was sent is drawn from then on, so that the focus finds its card, and is not chosen any more. */
function useSent(setActive: (id: string) => void, selection: Selection): void {
  const { imports } = usePage();
  const latest = useLatest({ setActive, selection });
  useEffect(
    () =>
      imports.subscribe((state, before) => {
        if (state.kind !== 'sent' || before.kind === 'sent') return;
        const { keyId } = state.opened;
        latest.current.setActive(keyId);
        if (latest.current.selection.ids.has(keyId)) latest.current.selection.toggle(keyId);
      }),
    [imports, latest],
  );
}

/** What was drawn last, for functions that stay the same. */
function useLatest<T>(value: T): { current: T } {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}

/** On a page that was just opened nothing has the focus yet: the keys of the list go to it all the same. */
function useKeysOfFreshPage(onKeyDown: (event: KeyboardEvent) => void): void {
  const latest = useLatest(onKeyDown);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isOver = document.querySelector('[role="dialog"], [role="alertdialog"]');
      if (event.target === document.body && !isOver) latest.current(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [latest]);
}

/** The keys of a list that are in sight; ids that do not change are drawn where they are. */
export function useKeysInSight<E extends HTMLElement = HTMLDivElement>(
  list: KeyListState,
  {
    head,
    ...look
  }: Omit<Parameters<typeof useRowsInSight>[1], 'kept' | 'groups'> & {
    /** Pixels of what names a relay above its keys, with the gap below it; absent: they are not grouped. */
    head?: number;
  },
): RowsInSight<E> {
  const { shown, runs, at, setColumns } = list;
  const groups = useMemo(
    () => new Map(head ? runs.map((run) => [run.at, run.shared ? head : 0] as const) : []),
    [runs, head],
  );
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  const sight = useRowsInSight<E>(ids, { ...look, groups, kept: at });
  const { columns } = sight;
  useEffect(() => setColumns(columns), [columns, setColumns]);
  return sight;
}
