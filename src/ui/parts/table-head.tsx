import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Selection } from './use-selection';

/** Every row is a grid of its own, the head too: all take their columns from the table, and the last one is fixed. */
export const COLUMNS = 'grid-cols-[var(--columns)]';

/** The head of a table of rows: a box for all of them, columns to sort by, and one of buttons without a title. */
export function TableHead<I extends string | number, T extends string>({
  columns,
  shown,
  selection,
  heads,
  filter,
  onSort,
}: {
  /** The grid of each row, as a class. */
  columns: string;
  shown: readonly { id: I }[];
  selection: Selection<I>;
  /** What a column sorts by, its title, and whether it is one of numbers. */
  heads: readonly (readonly [by: NoInfer<T>, title: string, numbers?: boolean])[];
  filter: { sort: T; down: boolean };
  onSort(change: { sort: NoInfer<T>; down: boolean }): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div
      role="row"
      className={`grid ${columns} items-center gap-3 border-b border-line px-3 py-2 text-xs text-ink-3`}
    >
      <SelectAll shown={shown} selection={selection} />
      {heads.map(([by, title, numbers]) => {
        const on = filter.sort === by;
        const Arrow = filter.down ? ArrowDown : ArrowUp;
        return (
          <span
            key={by}
            role="columnheader"
            aria-sort={on ? (filter.down ? 'descending' : 'ascending') : 'none'}
            className={numbers ? 'text-right' : ''}
          >
            <button
              type="button"
              className="inline-flex min-h-6 items-center gap-1 text-left hover:text-ink"
              onClick={() => onSort({ sort: by, down: on && !filter.down })}
            >
              {title}
              {on && <Arrow size={12} aria-hidden />}
            </button>
          </span>
        );
      })}
      <span role="columnheader" className="sr-only">
        {t('keysPage.actions')}
      </span>
    </div>
  );
}

/** Chooses all rows that are shown, or none. */
function SelectAll<I extends string | number>({
  shown,
  selection,
}: {
  shown: readonly { id: I }[];
  selection: Selection<I>;
}): ReactNode {
  const { t } = useTranslation();
  const all = shown.length > 0 && shown.every(({ id }) => selection.ids.has(id));
  return (
    <span role="columnheader" className="flex">
      <input
        type="checkbox"
        aria-label={t('batch.selectAll')}
        checked={all}
        ref={(box) => {
          if (box) box.indeterminate = !all && selection.ids.size > 0;
        }}
        onChange={() => selection.set(all ? [] : shown.map(({ id }) => id))}
      />
    </span>
  );
}
