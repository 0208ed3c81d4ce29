import type { ReactNode } from 'react';
import { connectionState } from '../../core/connection/state';
import type { ConnectionView } from '../../core/view/view';
import { HALF_MINUTE, useNow } from '../connection/connection-pill';
import { Button } from '../parts/button';
import { FilterChips, ListSelect, NothingFound, SearchField } from '../parts/list-controls';
import { usePage } from '../page-context';
import { useTranslation } from '../use-translation';
import { NO_FILTER, setFilters, STATE_FILTERS, type StateFilter } from './filter';
import type { KeyListState } from './use-key-list';

interface FilterProps {
  list: KeyListState;
}

const STATE_NAMES = {
  all: 'popup.all',
  'not-imported': 'popup.notImported',
  served: 'popup.served',
  review: 'popup.review',
  running: 'popup.running',
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

/** The states that there are keys in; together they are all. */
export function StateChips({ list }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const { state: chosen } = list.filter;
  const unknown = list.count('unknown');
  const unchecked = unknown > 0 && unknown === list.count('not-imported');
  return (
    <>
      <FilterChips<StateFilter>
        states={STATE_FILTERS.filter((kind) => kind === 'all' || kind === chosen || list.count(kind) > 0)}
        chosen={chosen}
        onChoose={(state) => list.narrow({ state })}
        count={list.count}
        // As the cards say it: nobody knows yet whether they are in CLIProxyAPI.
        nameOf={(state) => t(state === 'not-imported' && unchecked ? 'popup.unknown' : STATE_NAMES[state])}
        className="min-w-0"
      />
      {unchecked && <CheckLink connection={list.view.connection} />}
    </>
  );
}

/** Where a check is no use, or is under way, the state of the connection says what is. */
const NO_CHECK = new Set(['none', 'no-key', 'not-allowed', 'checking', 'banned', 'refused']);

/** Asks CLIProxyAPI what it has; how that went, the state of the connection says. */
function CheckLink({ connection }: { connection: ConnectionView | null }): ReactNode {
  const { t } = useTranslation();
  const { ask, toast } = usePage();
  const now = useNow(HALF_MINUTE);
  if (NO_CHECK.has(connectionState(connection, now).kind)) return null;
  const check = async (): Promise<void> => {
    const checked = await ask('connection.check', {});
    if (!checked.ok) toast.failure('', checked.failure);
  };
  return (
    <Button small look="link" onClick={() => void check()}>
      {t('popup.check')}
    </Button>
  );
}

/** One account, those without, or all; nothing where there are no accounts. */
export function AccountSelect({ list }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const { accounts } = list.view;
  const { account: chosen } = list.filter;
  if (accounts.length === 0 && chosen === '') return null;
  const gone = chosen !== '' && chosen !== 'own' && !accounts.some(({ id }) => id === chosen);
  return (
    <ListSelect
      label={t('popup.account')}
      value={chosen}
      onChange={(account) => list.narrow({ account })}
      choices={[
        ['', t('popup.allAccounts')],
        ...accounts.map(({ id, name }) => [id, name] as const),
        ['own', t('popup.ownKeys')],
        ...(gone ? [[chosen, t('popup.goneAccount')] as const] : []),
      ]}
      className="w-32"
    />
  );
}

/** In place of the list when nothing passes the filter. */
export function NoMatch({ list: { filter, choice, narrow } }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const { text, sort, down } = filter;
  return (
    <NothingFound
      title={text ? t('popup.noMatch', { text }) : t('popup.nothingHere')}
      help={text ? t('popup.noMatchHelp') : undefined}
      way={t(setFilters(choice) > 0 ? 'popup.clearFilters' : 'popup.clearSearch')}
      onWay={() => narrow({ ...NO_FILTER, sort, down })}
    />
  );
}
