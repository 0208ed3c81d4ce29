import type { KeyboardEvent } from 'react';
import type { KeyView } from '../../core/view/view';
import { moveOf } from '../parts/list-keys';
import type { Selection } from '../parts/use-selection';
import { actionOf } from './hotkeys';

interface CardKeys {
  selection: Selection;
  shown: readonly KeyView[];
  /** Does what a letter stands for; `full` is the import's own dialog. */
  act(action: string, card: HTMLElement): void;
}

/**
 * Keys of a list of cards: Space chooses, Mod+A takes all that are shown, arrows move, with Shift they extend the
 * selection, letters act. Letters act only while the list has the focus.
 */
export function cardKeys(event: KeyboardEvent<HTMLElement>, { selection, shown, act }: CardKeys): void {
  const target = event.target as HTMLElement;
  const card = target.closest<HTMLElement>('[data-key]');
  const id = card?.dataset['key'];
  if (!card || id === undefined) return;
  const { key, shiftKey, altKey } = event;
  const mod = event.ctrlKey || event.metaKey;
  const onCard = target === card;
  if (onCard && key === ' ') {
    event.preventDefault();
    selection.toggle(id);
  } else if (onCard && key === 'a' && mod) {
    event.preventDefault();
    selection.set(shown.map((each) => each.id));
  }
  if (key === ' ' || mod || altKey || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
  const next = cardAt(card, key);
  const action = next ? undefined : letterAction(key, shiftKey, onCard);
  if (next ?? action) event.preventDefault();
  next?.focus();
  if (next && onCard && shiftKey && key.startsWith('Arrow'))
    for (const each of [id, next.dataset['key']]) if (each) selection.add(each);
  if (action) act(action, card);
}

/** The card to which an arrow, Home or End leads. */
function cardAt(card: HTMLElement, key: string): HTMLElement | undefined {
  const list = card.closest('ul, [role="rowgroup"]');
  const cards = [...(list?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
  const to = moveOf(key, cards.indexOf(card), cards.length);
  return to === undefined ? undefined : cards[Math.max(0, Math.min(cards.length - 1, to))];
}

function letterAction(key: string, shiftKey: boolean, onCard: boolean): string | undefined {
  if (key === 'I' || (key === 'i' && shiftKey)) return 'full';
  return key === 'Enter' && onCard ? 'import' : actionOf(key);
}
