import type { KeyboardEvent } from 'react';
import type { KeyView } from '../../core/view/view';
import type { Selection } from '../parts/use-selection';

/** Space chooses, Shift with an arrow extends, Mod+A takes all that are shown; all else goes on to the list. */
export function selectionKeys(
  event: KeyboardEvent<HTMLElement>,
  {
    selection,
    shown,
    otherwise,
  }: {
    selection: Selection;
    shown: readonly KeyView[];
    otherwise(event: KeyboardEvent<HTMLElement>): void;
  },
): void {
  const card = (event.target as HTMLElement).closest<HTMLElement>('[data-key]');
  const onCard = card !== null && event.target === card;
  if (onCard && event.key === ' ') {
    event.preventDefault();
    selection.toggle(card.dataset['key']!);
  } else if (onCard && event.key === 'a' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    selection.set(shown.map(({ id }) => id));
  } else if (onCard && event.shiftKey && /^Arrow(?:Up|Down)$/.test(event.key)) {
    selection.add(card.dataset['key']!);
    otherwise(event);
    const now = document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset['key'];
    if (now) selection.add(now);
  } else otherwise(event);
}
