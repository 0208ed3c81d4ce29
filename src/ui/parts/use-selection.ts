import { useMemo, useState } from 'react';

type Id = string | number;
interface Named<I> {
  id: I;
}

/** Which rows are chosen for a batch. Rows that have gone are dropped. */
export interface Selection<I extends Id = string> {
  ids: ReadonlySet<I>;
  /** Chooses a row or gives it up; with `order`, chooses all from the last one to it, as Shift does. */
  toggle(id: I, order?: readonly Named<I>[]): void;
  /** Chooses these as well; Shift goes on from the last. */
  add(ids: readonly I[]): void;
  set(ids: Iterable<I>): void;
}

export function useSelection<I extends Id>(rows: readonly Named<I>[]): Selection<I> {
  const [chosen, setChosen] = useState<ReadonlySet<I>>(new Set());
  const [anchor, setAnchor] = useState<I>();
  const ids = useMemo(() => presentOf(chosen, rows), [chosen, rows]);
  return useMemo(
    () => ({
      ids,
      toggle(id, order = []) {
        const next = new Set(ids);
        const from = order.findIndex((row) => row.id === anchor);
        const to = order.findIndex((row) => row.id === id);
        if (from >= 0 && to >= 0)
          for (const row of order.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id);
        else if (!next.delete(id)) next.add(id);
        setAnchor(id);
        setChosen(next);
      },
      add(more) {
        setAnchor(more.at(-1));
        setChosen((before) => new Set([...before, ...more]));
      },
      set: (wanted) => setChosen(new Set(wanted)),
    }),
    [ids, anchor],
  );
}

/** Those of the chosen rows that are still there; the very set where all are. */
function presentOf<I extends Id>(chosen: ReadonlySet<I>, rows: readonly Named<I>[]): ReadonlySet<I> {
  if (chosen.size === 0) return chosen;
  const there = new Set(rows.map(({ id }) => id));
  const present = [...chosen].filter((id) => there.has(id));
  return present.length === chosen.size ? chosen : new Set(present);
}

/** Whether Shift was held while a box was clicked. */
export const withShift = (event: Event): boolean => event instanceof MouseEvent && event.shiftKey;
