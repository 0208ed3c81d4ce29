import { Search } from 'lucide-react';
import type { ReactNode, RefCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { NO_FILTER, STATE_FILTERS, type KeyFilter, type StateFilter } from '../key-filter';
import { Button } from './button';

export interface FilterProps {
  filter: KeyFilter;
  onFilter(filter: KeyFilter): void;
}

export function KeySearch({
  filter,
  onFilter,
  field,
  placeholder,
}: FilterProps & { field: RefCallback<HTMLInputElement>; placeholder: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <label className="field min-w-0 flex-1">
      <Search size={16} className="flex-none text-ink-3" aria-hidden />
      <input
        ref={field}
        type="search"
        value={filter.text}
        aria-label={t('popup.search')}
        placeholder={placeholder}
        onChange={(event) => onFilter({ ...filter, text: event.target.value })}
      />
      <span className="kbd text-ink-3" aria-hidden="true">
        /
      </span>
    </label>
  );
}

const FILTER_NAMES = {
  all: 'popup.all',
  'not-imported': 'popup.notImported',
  served: 'popup.served',
  review: 'popup.review',
} as const;

export function StateChips({
  filter,
  onFilter,
  count,
  wide,
}: FilterProps & { count(state: StateFilter): number; wide?: boolean | undefined }): ReactNode {
  const { t } = useTranslation();
  const kinds = wide ? STATE_FILTERS : STATE_FILTERS.filter((kind) => kind !== 'served');
  return (
    <div
      className={`flex gap-1.5 overflow-x-auto py-2 ${wide ? '' : 'px-3'}`}
      role="group"
      aria-label={t('popup.filter')}
    >
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={filter.state === kind}
          onClick={() => onFilter({ ...filter, state: kind })}
        >
          {t(FILTER_NAMES[kind])} <span className="tabular-nums text-ink-3">{count(kind)}</span>
        </button>
      ))}
    </div>
  );
}

export function NoMatch({ filter, onFilter }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const { text } = filter;
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <Search size={24} className="text-ink-3" aria-hidden />
      <b>{text ? t('popup.noMatch', { text }) : t('popup.nothingHere')}</b>
      {text && <p className="text-ink-2">{t('popup.noMatchHelp')}</p>}
      <Button look="primary" onClick={() => onFilter({ ...NO_FILTER, sort: filter.sort, down: filter.down })}>
        {t(text ? 'popup.clearSearch' : 'popup.showAll')}
      </Button>
    </div>
  );
}
