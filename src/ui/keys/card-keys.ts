import type { KeyboardEvent } from 'react';

/** What letters do; targets by their id. */
const LETTERS: Record<string, string> = {
  i: 'import',
  c: 'copy',
  s: 'cherry-studio',
  w: 'cc-switch',
  n: 'new-api',
  z: 'undo',
};

/** Moves between cards and acts on the focused one. Letters act only while the list has the focus. */
export function cardKeys(
  event: KeyboardEvent<HTMLElement>,
  act: (action: string, key: HTMLElement) => void,
): void {
  const target = event.target as HTMLElement;
  const card = target.closest<HTMLElement>('[data-key]');
  if (
    !card ||
    /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey
  )
    return;
  const cards = [
    ...(card.closest('ul, [role="rowgroup"]')?.querySelectorAll<HTMLElement>('[data-key]') ?? []),
  ];
  const at = cards.indexOf(card);
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: cards.length - 1,
  };
  const to = moves[event.key];
  if (to !== undefined) {
    event.preventDefault();
    cards[Math.max(0, Math.min(cards.length - 1, to))]?.focus();
    return;
  }
  const onCard = target === card;
  const action =
    event.key === 'I' || (event.key === 'i' && event.shiftKey)
      ? 'full'
      : event.key === 'Enter' && onCard
        ? 'import'
        : LETTERS[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  act(action, card);
}
