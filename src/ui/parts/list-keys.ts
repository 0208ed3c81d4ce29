import type { KeyboardEvent } from 'react';

/**
 * Where an arrow, Home or End leads from item `at` of `count`, maybe beyond an end; undefined for any other key. In a grid
 * of several columns the arrows go in all four directions, and down from the last full row to the last item.
 */
export function moveOf(key: string, at: number, count: number, columns = 1): number | undefined {
  switch (key) {
    case 'ArrowDown':
      if (columns === 1 || at + columns < count) return at + columns;
      return Math.floor(at / columns) < Math.floor((count - 1) / columns) ? count - 1 : at;
    case 'ArrowUp':
      return columns === 1 || at >= columns ? at - columns : at;
    case 'ArrowRight':
      return columns > 1 ? at + 1 : undefined;
    case 'ArrowLeft':
      return columns > 1 ? at - 1 : undefined;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

export const itemsOf = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role="menuitem"]'),
];

/** Keys of a menu: arrows go round, Home and End to its ends, Escape and Tab leave it. */
export function menuKeys(event: KeyboardEvent<HTMLElement>, leave: () => void): void {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = moveOf(event.key, at, items.length);
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    leave();
  }
}
