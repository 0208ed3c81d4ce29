import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Selection } from './use-selection';

/** Chooses all rows that are shown, or none. */
export function SelectAll<I extends string | number>({
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

/** The head of a column to sort by; a second press turns the order. */
export function SortHead<F extends { sort: string; down: boolean }>({
  by,
  filter,
  onFilter,
  end,
  children,
}: {
  by: F['sort'];
  filter: F;
  onFilter(filter: NoInfer<F>): void;
  /** For a column of numbers. */
  end?: boolean | undefined;
  children: ReactNode;
}): ReactNode {
  const on = filter.sort === by;
  const Arrow = filter.down ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      aria-sort={on ? (filter.down ? 'descending' : 'ascending') : 'none'}
      className={end ? 'text-right' : ''}
    >
      <button
        type="button"
        className="inline-flex min-h-6 items-center gap-1 text-left hover:text-ink"
        onClick={() => onFilter({ ...filter, sort: by, down: on && !filter.down })}
      >
        {children}
        {on && <Arrow size={12} aria-hidden />}
      </button>
    </span>
  );
}
