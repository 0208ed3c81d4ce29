import { LayoutGrid, Rows3 } from 'lucide-react';
import { Suspense, useCallback, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView, View } from '../../core/view/view';
import { groupsOf, importable, SORTS } from './filter';
import { lazyNamed } from '../lazy-named';
import { Button, IconButton } from '../parts/button';
import { AccountSelect, KeyCards } from './list';
import { KeySearch, NoMatch, StateChips, type FilterProps } from './search';
import { GroupSelect, ListSelect, TurnOrder } from '../parts/list-controls';
import { selectionKeys } from './selection-keys';
import { useKeyList, type KeyRows } from './use-key-list';
import { usePage } from '../page-context';
import { useMedia } from '../use-media';
import { useSelection } from '../parts/use-selection';
import { AccountsAside } from '../accounts/accounts-aside';
import { BatchBar } from '../batch/bar';

const KeyTable = lazyNamed(() => import('./table'), 'KeyTable');
const KeyDialog = lazyNamed(() => import('./dialog'), 'KeyDialog');

const STATUSES = ['enabled', 'disabled', 'expired', 'used-up'] as const;
/** Cards that are drawn before the user scrolls near their end. */
const BATCH = 60;

/** All keys on a page: accounts at the left, cards or a table at the right. */
export function KeyBoard({ view }: { view: View }): ReactNode {
  const { t } = useTranslation();
  const list = useKeyList(view);
  const { view: store } = usePage();
  const selection = useSelection(view.keys);
  const [editing, setEditing] = useState<string | null>(null);
  const roomForTable = useMedia('(min-width: 760px)');
  const roomForAside = useMedia('(min-width: 1180px)');
  const { filter, setFilter, shown } = list;
  const asTable = roomForTable && view.settings.keysAs === 'table';
  const open = importable(shown);
  const edited = view.keys.find(({ id }) => id === editing);
  const choose = (account: string): void => setFilter({ ...filter, account });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void =>
    selectionKeys(event, { selection, shown, otherwise: list.onKeyDown });
  return (
    <div className="grid items-start gap-6 min-[1180px]:grid-cols-[208px_minmax(0,1fr)]">
      {roomForAside && <AccountsAside view={view} chosen={filter.account} onChoose={choose} />}
      <section aria-label={t('popup.keys')} onKeyDown={onKeyDown} className="min-w-0">
        <div className="flex flex-wrap gap-2">
          <div className="flex min-w-64 flex-1 gap-2">
            <KeySearch
              filter={filter}
              onFilter={setFilter}
              field={list.search}
              placeholder={t('keysPage.search')}
            />
          </div>
          {!roomForAside && view.accounts.length > 0 && (
            <AccountSelect view={view} value={filter.account} onChange={choose} />
          )}
          <Selects keys={view.keys} filter={filter} onFilter={setFilter} />
          {!asTable && <SortSelect filter={filter} onFilter={setFilter} />}
          {roomForTable && (
            <IconButton
              label={t(asTable ? 'keysPage.asCards' : 'keysPage.asTable')}
              onClick={() => void store.changeSettings({ keysAs: asTable ? 'cards' : 'table' })}
            >
              {asTable ? <LayoutGrid size={16} aria-hidden /> : <Rows3 size={16} aria-hidden />}
            </IconButton>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-x-3">
          <StateChips wide filter={filter} onFilter={setFilter} count={list.count} />
          {open.length > 1 && (
            <Button small look="link" onClick={() => selection.set(open)}>
              {t('batch.notImported', { count: open.length })}
            </Button>
          )}
        </div>
        {shown.length === 0 ? (
          <NoMatch filter={filter} onFilter={setFilter} />
        ) : asTable ? (
          <Suspense>
            <KeyTable list={list} selection={selection} onEdit={setEditing} />
          </Suspense>
        ) : (
          <Cards list={list} selection={selection} onEdit={setEditing} />
        )}
        <BatchBar selection={selection} shown={shown} />
      </section>
      <Suspense>{edited && <KeyDialog keyView={edited} onClose={() => setEditing(null)} />}</Suspense>
    </div>
  );
}

/** Group, and how the key stands at its relay; only what there is to choose from. */
function Selects({ keys, filter, onFilter }: FilterProps & { keys: readonly KeyView[] }): ReactNode {
  const { t } = useTranslation();
  const groups = groupsOf(keys);
  const statuses = STATUSES.filter((status) => keys.some((key) => key.status === status));
  return (
    <>
      <GroupSelect
        groups={groups}
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

function SortSelect({ filter, onFilter }: FilterProps): ReactNode {
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

/** Cards, the next ones drawn when the end of those before comes near. */
function Cards({ list, selection, onEdit }: KeyRows): ReactNode {
  const { t } = useTranslation();
  const [most, setMost] = useState(BATCH);
  const watch = useCallback((end: HTMLDivElement | null) => {
    const near = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setMost((now) => now + BATCH),
      { rootMargin: '800px' },
    );
    if (end) near.observe(end);
    return () => near.disconnect();
  }, []);
  return (
    <>
      <ul
        className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,320px),1fr))] content-start gap-2 pb-3 pt-0.5"
        aria-label={t('popup.keys')}
      >
        <KeyCards keys={list.shown.slice(0, most)} list={list} selection={selection} onEdit={onEdit} />
      </ul>
      {list.shown.length > most && <div key={most} ref={watch} />}
    </>
  );
}
