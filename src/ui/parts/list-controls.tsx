import { Search } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from './button';
import { Select, type SelectProps } from './select';
import type { Selection } from './use-selection';

/** The search above a list; `/` goes to it. */
export function SearchField({
  field,
  text,
  onText,
  label,
  placeholder,
  className = 'min-w-0',
}: {
  field: Ref<HTMLInputElement>;
  text: string;
  onText(text: string): void;
  label: string;
  placeholder: string;
  className?: string;
}): ReactNode {
  return (
    <label className={`field flex-1 ${className}`}>
      <Search size={16} className="flex-none text-ink-3" aria-hidden />
      <input
        ref={field}
        type="search"
        value={text}
        aria-label={label}
        placeholder={placeholder}
        onChange={({ target }) => onText(target.value)}
      />
      <span className="kbd text-ink-3" aria-hidden="true">
        /
      </span>
    </label>
  );
}

/** One of some values, named by the control itself. */
export function ListSelect<T extends string>({
  label,
  className = 'w-36',
  ...select
}: SelectProps<T> & { label: string; className?: string }): ReactNode {
  return (
    <span className={`field flex-none ${className}`}>
      <Select aria-label={label} {...select} />
    </span>
  );
}

/** The states to filter by, each with its number of rows. */
export function FilterChips<T extends string>({
  states,
  chosen,
  onChoose,
  count,
  nameOf,
  className = '',
}: {
  states: readonly T[];
  chosen: T;
  onChoose(state: T): void;
  count(state: T): number;
  nameOf(state: T): string;
  className?: string;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div
      className={`flex gap-1.5 overflow-x-auto py-2 ${className}`}
      role="group"
      aria-label={t('popup.filter')}
    >
      {states.map((state) => (
        <button
          key={state}
          type="button"
          className="chip"
          aria-pressed={chosen === state}
          onClick={() => onChoose(state)}
        >
          {nameOf(state)} <span className="tabular-nums text-ink-3">{count(state)}</span>
        </button>
      ))}
    </div>
  );
}

/** Takes the place of a list when nothing passes its filter, and offers the way out. */
export function NothingFound({
  title,
  help,
  way,
  onWay,
}: {
  title: string;
  help?: string | undefined;
  way: string;
  onWay(): void;
}): ReactNode {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <Search size={24} className="text-ink-3" aria-hidden />
      <b>{title}</b>
      {help && <p className="text-ink-2">{help}</p>}
      <Button look="primary" onClick={onWay}>
        {way}
      </Button>
    </div>
  );
}

/** How many rows are chosen; clears the selection, or extends it to all that are shown. */
export function SelectedCount<I extends string | number>({
  shown,
  selection,
}: {
  shown: readonly { id: I }[];
  selection: Selection<I>;
}): ReactNode {
  const { t } = useTranslation();
  const { ids } = selection;
  return (
    <>
      <b className="tabular-nums" role="status">
        {t('batch.selected', { count: ids.size })}
      </b>
      <Button small look="link" onClick={() => selection.set([])}>
        {t('batch.clear')}
      </Button>
      {ids.size < shown.length && (
        <Button small look="link" onClick={() => selection.set(shown.map(({ id }) => id))}>
          {t('batch.allShown', { count: shown.length })}
        </Button>
      )}
    </>
  );
}
