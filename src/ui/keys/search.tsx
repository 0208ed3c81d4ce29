import type { ReactNode, RefCallback } from 'react';
import { useTranslation } from '../use-translation';
import { NO_FILTER, STATE_FILTERS, type KeyFilter, type StateFilter } from './filter';
import { FilterChips, NothingFound, SearchField } from '../parts/list-controls';

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
    <SearchField
      field={field}
      text={filter.text}
      onText={(text) => onFilter({ ...filter, text })}
      label={t('popup.search')}
      placeholder={placeholder}
    />
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
  return (
    <FilterChips
      states={wide ? STATE_FILTERS : STATE_FILTERS.filter((kind) => kind !== 'served')}
      chosen={filter.state}
      onChoose={(state) => onFilter({ ...filter, state })}
      count={count}
      nameOf={(state) => t(FILTER_NAMES[state])}
      className={wide ? '' : 'px-3'}
    />
  );
}

export function NoMatch({ filter, onFilter }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const { text } = filter;
  return (
    <NothingFound
      title={text ? t('popup.noMatch', { text }) : t('popup.nothingHere')}
      help={text ? t('popup.noMatchHelp') : undefined}
      way={t(text ? 'popup.clearSearch' : 'popup.showAll')}
      onWay={() => onFilter({ ...NO_FILTER, sort: filter.sort, down: filter.down })}
    />
  );
}
