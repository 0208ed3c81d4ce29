import type { ReactNode } from 'react';
import type { KeyView, View } from '../../core/view/view';
import { GroupSelect, ListSelect, TurnOrder } from '../parts/list-controls';
import { useTranslation } from '../use-translation';
import { groupsOf, SORTS } from './filter';
import type { FilterProps } from './search';

const STATUSES = ['enabled', 'disabled', 'expired', 'used-up'] as const;

/** One account, those without, or all; nothing where there are no accounts. */
export function AccountSelect({
  accounts,
  filter,
  onFilter,
}: FilterProps & { accounts: View['accounts'] }): ReactNode {
  const { t } = useTranslation();
  if (accounts.length === 0) return null;
  return (
    <ListSelect
      label={t('popup.account')}
      value={filter.account}
      onChange={(account) => onFilter({ ...filter, account })}
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
export function GroupAndStatus({
  keys,
  filter,
  onFilter,
}: FilterProps & { keys: readonly KeyView[] }): ReactNode {
  const { t } = useTranslation();
  const statuses = STATUSES.filter((status) => keys.some((key) => key.status === status));
  return (
    <>
      <GroupSelect
        groups={groupsOf(keys)}
        value={filter.group}
        onChange={(group) => onFilter({ ...filter, group })}
        className="w-32"
      />
      {statuses.length > 1 && (
        <ListSelect
          label={t('keysPage.atRelay')}
          value={filter.status ?? ''}
          onChange={(status) => onFilter({ ...filter, status: status || null })}
          choices={[
            ['', t('keysPage.anyStatus')],
            ...statuses.map((status) => [status, t(`keysPage.status.${status}`)] as const),
          ]}
        />
      )}
    </>
  );
}

export function SortSelect({ filter, onFilter }: FilterProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <ListSelect
        label={t('keysPage.sortBy')}
        value={filter.sort}
        onChange={(sort) => onFilter({ ...filter, sort })}
        choices={SORTS.map((sort) => [sort, t(`keysPage.sort.${sort}`)])}
      />
      {filter.sort !== 'listed' && (
        <TurnOrder down={filter.down} onTurn={() => onFilter({ ...filter, down: !filter.down })} />
      )}
    </>
  );
}
