import { foreignText } from '../../core/foreign-text';
import { useCallback, useRef, useState, type KeyboardEvent, type RefCallback } from 'react';
import { isTarget } from '../../core/handoff/targets';
import type { KeyView, View } from '../../core/view/view';
import { useSend } from '../handoff/use-send';
import { useStartImport } from '../import/start-import';
import { usePage } from '../page-context';
import { useSelection, type Selection } from '../parts/use-selection';
import { useTranslation } from '../use-translation';
import { cardKeys } from './card-keys';
import { filterKeys, NO_FILTER, type FilteredKeys, type KeyFilter } from './filter';
import { keyState, type KeyState } from './state';

/** What every list of keys has: a filter, a search by `/`, a selection, and one key that takes focus and letters. */
export interface KeyListState extends FilteredKeys {
  view: View;
  filter: KeyFilter;
  /** Changes the filter or the order. */
  narrow(change: Partial<KeyFilter>): void;
  /** For the search field, which `/` goes to. */
  search: RefCallback<HTMLInputElement>;
  /** The one key that the Tab key reaches. */
  active: string;
  setActive(id: string): void;
  selection: Selection;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

export function useKeyList(view: View): KeyListState {
  const { t, i18n } = useTranslation();
  const [filter, setFilter] = useState(NO_FILTER);
  // The keys that were in a state when that state was chosen stay in sight until another one is.
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [activeId, setActive] = useState('');
  const selection = useSelection(view.keys);
  const field = useRef<HTMLInputElement>(null);
  const search = useCallback((input: HTMLInputElement | null) => void (field.current = input), []);
  const act = useCardActions();
  const groupOf = (key: KeyView): KeyState['group'] => keyState(t, i18n.language, key).group;
  const filtered = filterKeys(view.keys, filter, groupOf, kept);
  const narrow = (change: Partial<KeyFilter>): void => {
    const next = { ...filter, ...change };
    if (next.state !== filter.state)
      setKept(new Set(view.keys.filter((key) => groupOf(key) === next.state).map(({ id }) => id)));
    setFilter(next);
  };
  const { shown } = filtered;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === '/' && !typing) {
      event.preventDefault();
      field.current?.focus();
    } else if (event.key === 'Escape' && typing && filter.text) {
      event.preventDefault();
      event.stopPropagation();
      narrow({ text: '' });
    } else if (event.key === 'ArrowDown' && event.target === field.current) {
      event.preventDefault();
      event.currentTarget.querySelector<HTMLElement>('[data-key]')?.focus();
    } else cardKeys(event, { selection, shown, act });
  };
  return {
    ...filtered,
    view,
    filter,
    narrow,
    search,
    active: shown.some((key) => key.id === activeId) ? activeId : (shown[0]?.id ?? ''),
    setActive,
    selection,
    onKeyDown,
  };
}

/** What keyboard and screen reader find on a card or row. */
export const rowAttributes = (
  { id, name, relayName, running }: KeyView,
  state: KeyState,
  { active, setActive }: KeyListState,
): object => ({
  'data-key': id,
  tabIndex: id === active ? 0 : -1,
  onFocus: () => setActive(id),
  'aria-label': [name, relayName, state.text].map(foreignText).join(', '),
  'aria-busy': running !== null,
});

/** What a letter does on the focused card. */
function useCardActions(): (action: string, card: HTMLElement) => void {
  const { view, imports } = usePage();
  const start = useStartImport();
  const send = useSend();
  return (action, element) => {
    const state = view.getState();
    const key =
      state.kind === 'ready' ? state.view.keys.find(({ id }) => id === element.dataset['key']) : undefined;
    if (!key || key.running) return;
    if (action === 'import' || action === 'full') void start(key.id, action === 'full');
    if (isTarget(action)) {
      // The button of a target shows how it went; targets under More have none.
      const button = element.querySelector<HTMLElement>(`[data-target="${action}"]`);
      if (button) button.click();
      else void send(key, action);
    }
    if (action === 'undo' && key.card?.kind === 'proved' && key.card.importId)
      void imports.undo(key.card.importId, key.name);
  };
}
