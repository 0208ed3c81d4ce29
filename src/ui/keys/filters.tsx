import type { ReactNode } from 'react';
import {
  FilterChips,
  GroupSelect,
  ListSelect,
  NothingFound,
  SearchField,
  SortSelect,
} from '../parts/list-controls';
import { useTranslation } from '../use-translation';
import { groupsOf, NO_FILTER, SORTS, STATE_FILTERS } from './filter';
import type { KeyListState } from './use-key-list';

export interface FilterProps {
  list: KeyListState;
}

const STATUSES = ['enabled', 'disabled', 'expired', 'used-up'] as const;
const STATE_NAMES = {
  all: 'popup.all',
  'not-imported': 'popup.notImported',
  served: 'popup.served',
  review: 'popup.review',
} as const;

export function KeySearch({ list, placeholder }: FilterProps & { placeholder: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <SearchField
      field={list.search}
      text={list.filter.text}
      onText={(text) => list.narrow({ text })}
      label={t('popup.search')}
      placeholder={placeholder}
    />
  );
}

export function StateChips({ list, wide }: FilterProps & { wide?: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <FilterChips
      states={wide ? STATE_FILTERS : STATE_FILTERS.filter((kind) => kind !== 'served')}
      chosen={list.filter.state}
      onChoose={(state) => list.narrow({ state })}
      count={list.count}
      nameOf={(state) => t(STATE_NAMES[state])}
      className={wide ? '' : 'px-3'}
    />
  );
}

/** One account, those without, or all; nothing where there are no accounts. */
export function AccountSelect({ list }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const { accounts } = list.view;
  if (accounts.length === 0) return null;
  return (
    <ListSelect
      label={t('popup.account')}
      value={list.filter.account}
      onChange={(account) => list.narrow({ account })}
      choices={[
        ['', t('popup.allAccounts')],
        ...accounts.map(({ id, name }) => [id, name] as const),
        ['own', t('popup.ownKeys')],
      ]}
      className="w-32"
    />
  );
}

/** Group, and the key's state at its relay; only what there is to choose from. */
export function GroupAndStatus({ list: { view, filter, narrow } }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const statuses = STATUSES.filter((status) => view.keys.some((key) => key.status === status));
  return (
    <>
      <GroupSelect
        groups={groupsOf(view.keys)}
        value={filter.group}
        onChange={(group) => narrow({ group })}
        className="w-32"
      />
      {statuses.length > 1 && (
        <ListSelect
          label={t('keysPage.atRelay')}
          value={filter.status ?? ''}
          onChange={(status) => narrow({ status: status || null })}
          choices={[
            ['', t('keysPage.anyStatus')],
            ...statuses.map((status) => [status, t(`keysPage.status.${status}`)] as const),
          ]}
        />
      )}
    </>
  );
}

export function KeySort({ list: { filter, narrow } }: FilterProps): ReactNode {
  const { t } = useTranslation();
  return (
    <SortSelect
      filter={filter}
      onSort={narrow}
      choices={SORTS.map((sort) => [sort, t(`keysPage.sort.${sort}`)])}
      turnable={filter.sort !== 'listed'}
    />
  );
}

/** In place of the list when nothing passes the filter. */
export function NoMatch({ list: { filter, narrow } }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const { text, sort, down } = filter;
  return (
    <NothingFound
      title={text ? t('popup.noMatch', { text }) : t('popup.nothingHere')}
      help={text ? t('popup.noMatchHelp') : undefined}
      way={t(text ? 'popup.clearSearch' : 'popup.showAll')}
      onWay={() => narrow({ ...NO_FILTER, sort, down })}
    />
  );
}
