import { useState } from 'react';
import type { KeyView } from '../core/view';

/** Which keys are chosen for a batch. Keys that are no longer there fall out by themselves. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Chooses one, or gives it up; with `order` all from the one chosen last to it, as Shift does. */
  toggle(id: string, order?: readonly KeyView[]): void;
  add(id: string): void;
  set(ids: Iterable<string>): void;
}

export function useSelection(keys: readonly KeyView[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState('');
  const there = new Set(keys.map(({ id }) => id));
  const ids = new Set([...chosen].filter((id) => there.has(id)));
  return {
    ids,
    toggle(id, order = []) {
      const next = new Set(ids);
      const [from, to] = [anchor, id].map((one) => order.findIndex((key) => key.id === one));
      if (from! >= 0 && to! >= 0)
        for (const key of order.slice(Math.min(from!, to!), Math.max(from!, to!) + 1)) next.add(key.id);
      else if (!next.delete(id)) next.add(id);
      setAnchor(id);
      setChosen(next);
    },
    add(id) {
      setAnchor(id);
      setChosen((before) => new Set([...before, id]));
    },
    set: (wanted) => setChosen(new Set(wanted)),
  };
}

/** Whether Shift was held while a box was clicked. */
export const withShift = (event: Event): boolean => event instanceof MouseEvent && event.shiftKey;
