import { useState } from 'react';
import type { KeyView } from '../core/view';

/** Which keys are chosen for a batch. Keys that are no longer there fall out by themselves. */
export interface Selection {
  ids: ReadonlySet<string>;
  toggle(id: string): void;
  set(ids: Iterable<string>): void;
}

export function useSelection(keys: readonly KeyView[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const there = new Set(keys.map(({ id }) => id));
  const ids = new Set([...chosen].filter((id) => there.has(id)));
  return {
    ids,
    toggle(id) {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      setChosen(next);
    },
    set: (wanted) => setChosen(new Set(wanted)),
  };
}
