import { useCallback, useRef, useState, type KeyboardEvent, type RefCallback } from 'react';
import { useTranslation } from '../use-translation';
import { isTarget } from '../../core/handoff/targets';
import type { KeyView, View } from '../../core/view/view';
import { filterKeys, NO_FILTER, type FilteredKeys, type KeyFilter } from './filter';
import { keyState, type KeyState } from './state';
import { usePage } from '../page-context';
import { useStartImport } from '../import/start-import';
import type { Selection } from '../parts/use-selection';
import { useSend } from '../handoff/use-send';
import { cardKeys } from './card-keys';

/** What every list of keys shares: filter, search by `/`, one key that takes the focus, letters that act on it. */
export interface KeyListState extends FilteredKeys {
  filter: KeyFilter;
  setFilter(filter: KeyFilter): void;
  /** For the search field, which `/` goes to. */
  search: RefCallback<HTMLInputElement>;
  /** The one key that the Tab key reaches. */
  active: string;
  setActive(id: string): void;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

/** What cards and table are given to draw. */
export interface KeyRows {
  list: KeyListState;
  selection: Selection;
  onEdit(id: string): void;
}

export function useKeyList(view: View): KeyListState {
  const { t, i18n } = useTranslation();
  const [filter, setOnlyFilter] = useState(NO_FILTER);
  // What was in a state when that state was chosen stays in sight until another is.
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [activeId, setActive] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const search = useCallback((input: HTMLInputElement | null) => void (field.current = input), []);
  const act = useCardActions();
  const groupOf = (key: KeyView): KeyState['group'] => keyState(t, i18n.language, key).group;
  const filtered = filterKeys(view.keys, filter, groupOf, kept);
  const setFilter = (next: KeyFilter): void => {
    if (next.state !== filter.state)
      setKept(new Set(view.keys.filter((key) => groupOf(key) === next.state).map(({ id }) => id)));
    setOnlyFilter(next);
  };
  const { shown } = filtered;
  return {
    ...filtered,
    filter,
    setFilter,
    search,
    active: shown.some((key) => key.id === activeId) ? activeId : (shown[0]?.id ?? ''),
    setActive,
    onKeyDown(event) {
      const typing = event.target instanceof HTMLInputElement;
      if (event.key === '/' && !typing) {
        event.preventDefault();
        field.current?.focus();
      } else if (event.key === 'Escape' && typing && filter.text) {
        event.preventDefault();
        event.stopPropagation();
        setFilter({ ...filter, text: '' });
      } else if (event.key === 'ArrowDown' && event.target === field.current) {
        event.preventDefault();
        event.currentTarget.querySelector<HTMLElement>('[data-key]')?.focus();
      } else cardKeys(event, act);
    },
  };
}

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
      // The button of a target shows how it went; what is under More has none.
      const button = element.querySelector<HTMLElement>(`[data-target="${action}"]`);
      if (button) button.click();
      else void send(key, action);
    }
    if (action === 'undo' && key.card?.kind === 'proved' && key.card.importId)
      void imports.undo(key.card.importId, key.name);
  };
}
