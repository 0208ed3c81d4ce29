import { LayoutGrid, Rows3 } from 'lucide-react';
import { Suspense, useCallback, useState, type ReactNode } from 'react';
import type { View } from '../../core/view/view';
import { AccountsAside } from '../accounts/accounts-aside';
import { BatchBar } from '../batch/bar';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { Button, IconButton } from '../parts/button';
import { ListSelect } from '../parts/list-controls';
import { GroupSelect, SortSelect } from '../parts/list-selects';
import { useMedia } from '../use-media';
import { useTranslation } from '../use-translation';
import { KeyCard } from './card';
import { useDrawnKeys } from './use-drawn-keys';
import { groupsOf, importable, SORTS } from './filter';
import { AccountSelect, KeySearch, NoMatch, StateChips } from './filters';
import { useKeyList, type KeyListState } from './use-key-list';

const KeyTable = lazyNamed(() => import('./table'), 'KeyTable');
const KeyDialog = lazyNamed(() => import('./dialog'), 'KeyDialog');

/** All keys on a page: accounts at the left, cards or a table at the right. */
export function KeyBoard({ view }: { view: View }): ReactNode {
  const { t } = useTranslation();
  const list = useKeyList(view);
  const [editing, setEditing] = useState<string | null>(null);
  const roomForTable = useMedia('(min-width: 760px)');
  const roomForAside = useMedia('(min-width: 1180px)');
  const { filter, narrow, shown, selection } = list;
  const asTable = roomForTable && view.settings.keysAs === 'table';
  const open = importable(shown);
  const edited = view.keys.find(({ id }) => id === editing);
  return (
    <div className="grid items-start gap-6 min-[1180px]:grid-cols-[208px_minmax(0,1fr)]">
      {roomForAside && (
        <AccountsAside view={view} chosen={filter.account} onChoose={(account) => narrow({ account })} />
      )}
      <section aria-label={t('popup.keys')} onKeyDown={list.onKeyDown} className="min-w-0">
        <div className="flex flex-wrap gap-2">
          <div className="flex min-w-64 flex-1 gap-2">
            <KeySearch list={list} placeholder={t('keysPage.search')} />
          </div>
          {!roomForAside && <AccountSelect list={list} />}
          <GroupAndStatus list={list} />
          {!asTable && <KeySort list={list} />}
          {roomForTable && <LookButton asTable={asTable} />}
        </div>
        <div className="flex flex-wrap items-center gap-x-3">
          <StateChips wide list={list} />
          {open.length > 1 && (
            <Button small look="link" onClick={() => selection.set(open)}>
              {t('batch.notImported', { count: open.length })}
            </Button>
          )}
        </div>
        {shown.length === 0 ? (
          <NoMatch list={list} />
        ) : asTable ? (
          <Suspense>
            <KeyTable list={list} onEdit={setEditing} />
          </Suspense>
        ) : (
          <Cards list={list} onEdit={setEditing} />
        )}
        <BatchBar selection={selection} shown={shown} />
      </section>
      <Suspense>{edited && <KeyDialog keyView={edited} onClose={() => setEditing(null)} />}</Suspense>
    </div>
  );
}

/** From cards to the table and back. */
function LookButton({ asTable }: { asTable: boolean }): ReactNode {
  const { t } = useTranslation();
  const { view } = usePage();
  return (
    <IconButton
      label={t(asTable ? 'keysPage.asCards' : 'keysPage.asTable')}
      onClick={() => void view.changeSettings({ keysAs: asTable ? 'cards' : 'table' })}
    >
      {asTable ? <LayoutGrid size={16} aria-hidden /> : <Rows3 size={16} aria-hidden />}
    </IconButton>
  );
}

/** Cards; more are drawn when the end of the last ones comes near. */
function Cards({ list, onEdit }: { list: KeyListState; onEdit(id: string): void }): ReactNode {
  const { t } = useTranslation();
  const { drawn, drawMore } = useDrawnKeys(list);
  const watch = useCallback(
    (end: HTMLDivElement | null) => {
      const near = new IntersectionObserver(
        (entries) => entries.some((entry) => entry.isIntersecting) && drawMore(),
        { rootMargin: '800px' },
      );
      if (end) near.observe(end);
      return () => near.disconnect();
    },
    [drawMore],
  );
  return (
    <>
      <ul
        className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,320px),1fr))] content-start gap-2 pb-3 pt-0.5"
        aria-label={t('popup.keys')}
      >
        {drawn.map((key) => (
          <KeyCard key={key.id} keyView={key} list={list} choosing onEdit={onEdit} />
        ))}
      </ul>
      {list.shown.length > drawn.length && <div key={drawn.length} ref={watch} />}
    </>
  );
}

const STATUSES = ['enabled', 'disabled', 'expired', 'used-up'] as const;

/** Group, and the key's state at its relay; only what there is to choose from. */
function GroupAndStatus({ list: { view, filter, narrow } }: { list: KeyListState }): ReactNode {
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

function KeySort({ list: { filter, narrow } }: { list: KeyListState }): ReactNode {
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
