import type { KeyView } from '../../core/view/view';
import { moveOf } from '../parts/list-keys';
import type { Selection } from '../parts/use-selection';
import type { KeyFilter } from './filter';
import { actionOf } from '../hotkeys';

/** A key press, as React tells it or as the browser does. */
export type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'target' | 'preventDefault' | 'stopPropagation'
>;

interface PressedList {
  selection: Selection;
  shown: readonly KeyView[];
  /** How many cards stand beside one another. */
  columns: number;
  /** The search field. */
  field: HTMLInputElement | null;
  filter: KeyFilter;
  narrow(change: { text: string }): void;
  /** Moves the focus to a card by its index, also to one that is not drawn. */
  go(to: number): void;
  /** Does what a letter stands for; `full` is the import's own dialog. */
  act(action: string, card: HTMLElement): void;
}

const isTyping = (target: HTMLElement): boolean => /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

/** Keys that need no card: `/` goes to the search, Escape clears it, ArrowDown leaves it, Mod+A takes all that are shown. */
export function pageKeys(event: PressedKey, list: PressedList): boolean {
  const { selection, shown, field, filter, narrow, go } = list;
  const target = event.target as HTMLElement;
  const inSearch = target === field;
  const all = event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey);
  if (event.key === '/' && !(target instanceof HTMLInputElement)) field?.focus();
  else if (inSearch && event.key === 'Escape' && filter.text) {
    event.stopPropagation();
    narrow({ text: '' });
  } else if (inSearch && event.key === 'ArrowDown') go(0);
  else if (all && (target === document.body || target.dataset['key'] !== undefined))
    selection.set(shown.map(({ id }) => id));
  else return false;
  event.preventDefault();
  return true;
}

/**
 * Keys of a list of cards: Space chooses, arrows move, with Shift they extend the selection, letters act. Letters act only
 * while the list has the focus.
 */
export function cardKeys(event: PressedKey, { selection, shown, columns, go, act }: PressedList): void {
  const target = event.target as HTMLElement;
  const card = target.closest<HTMLElement>('[data-key]');
  const id = card?.dataset['key'];
  if (!card || id === undefined) return;
  const { key, shiftKey, altKey } = event;
  const onCard = target === card;
  if (onCard && key === ' ') {
    event.preventDefault();
    selection.toggle(id);
  }
  if (key === ' ' || event.ctrlKey || event.metaKey || altKey || isTyping(target)) return;
  const from = shown.findIndex((each) => each.id === id);
  const move = moveOf(key, from, shown.length, columns);
  const action = move === undefined ? letterAction(key, shiftKey, onCard) : undefined;
  if (move === undefined && !action) return;
  event.preventDefault();
  if (action) return act(action, card);
  if (move === undefined) return;
  const to = Math.max(0, Math.min(shown.length - 1, move));
  if (onCard && shiftKey && key.startsWith('Arrow')) {
    const ids = shown.slice(Math.min(from, to), Math.max(from, to) + 1).map((each) => each.id);
    selection.add(to < from ? ids.toReversed() : ids);
  }
  go(to);
}

function letterAction(key: string, shiftKey: boolean, onCard: boolean): string | undefined {
  if (key === 'I' || (key === 'i' && shiftKey)) return 'full';
  return key === 'Enter' && onCard ? 'import' : actionOf(key);
}
