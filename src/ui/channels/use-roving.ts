import { useState, type KeyboardEvent } from 'react';
import type { Channel } from '../../core/channels/channel';
import { moveOf } from '../parts/list-keys';
import { focusRow } from '../parts/use-rows-in-sight';
import type { Selection } from '../parts/use-selection';

export interface Roving {
  /** The one row that the Tab key reaches; -1 where there is none. */
  at: number;
  setActive(id: number): void;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

/** Keys of a list of rows: arrows, Home and End move, Space and Shift choose, Enter opens. */
export function useRoving(
  shown: readonly Channel[],
  selection: Selection<number>,
  onOpen: (channel: Channel) => void,
): Roving {
  const [active, setActive] = useState(-1);
  const found = shown.findIndex(({ id }) => id === active);
  const at = found < 0 ? Math.min(0, shown.length - 1) : found;
  const go = (list: HTMLElement, to: number): void => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, to))];
    if (!next) return;
    focusRow(
      () => setActive(next.id),
      () => list.querySelector<HTMLElement>(`[data-row="${next.id}"]`),
    );
  };
  return {
    at,
    setActive,
    onKeyDown(event) {
      const row = event.target as HTMLElement;
      const from = shown.findIndex(({ id }) => String(id) === row.dataset['row']);
      const here = shown[from];
      if (!here || event.altKey) return;
      const { key, shiftKey, ctrlKey, metaKey } = event;
      const to = moveOf(key, from, shown.length);
      const all = key.toLowerCase() === 'a' && (ctrlKey || metaKey);
      if (to === undefined && !all && key !== ' ' && key !== 'Enter') return;
      event.preventDefault();
      if (all) selection.set(shown.map(({ id }) => id));
      else if (key === ' ') selection.toggle(here.id);
      else if (key === 'Enter') onOpen(here);
      else if (to !== undefined) {
        if (shiftKey) selection.add([here, shown[to] ?? here].map(({ id }) => id));
        go(event.currentTarget, to);
      }
    },
  };
}
