import { LayoutGrid, Rows3 } from 'lucide-react';
import { Suspense, useCallback, useState, type ReactNode } from 'react';
import type { View } from '../../core/view/view';
import { ImportAll } from '../batch/import-all';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { Button, IconButton } from '../parts/button';
import { useMedia } from '../use-window';
import { useTranslation } from '../use-translation';
import { DrawnCards, RELAY_HEAD } from './card';
import { importable } from './filter';
import { AccountSelect, KeySearch, NoMatch, StateChips } from './filters';
import { ALL_COLUMNS, useKeyList, useKeysInSight, useRoomFor, type KeyListState } from './use-key-list';

const AccountsAside = lazyNamed(() => import('../accounts/accounts-aside'), 'AccountsAside');
const BatchBar = lazyNamed(() => import('../batch/bar'), 'BatchBar');
const KeySelects = lazyNamed(() => import('./selects'), 'KeySelects');
const KeyTable = lazyNamed(() => import('./table'), 'KeyTable');
const KeyDialog = lazyNamed(() => import('./dialog'), 'KeyDialog');

/** All keys on a page: accounts at the left, cards or a table at the right. */
export function KeyBoard({ view }: { view: View }): ReactNode {
  const { t } = useTranslation();
  const list = useKeyList(view);
  const [editing, setEditing] = useState<string | null>(null);
  const roomForTable = useMedia('(min-width: 760px)');
  const { filter, narrow, shown, selection, open } = list;
  const chooseAccount = useCallback((account: string) => narrow({ account }), [narrow]);
  const asTable = roomForTable && view.settings.keysAs === 'table';
  const roomForAside = useMedia(`(min-width: ${asTable ? 1440 : 1180}px)`);
  const hasAllColumns = useRoomFor(ALL_COLUMNS);
  const edited = view.keys.find(({ id }) => id === editing);
  return (
    <div className={`grid items-start gap-6 ${roomForAside ? 'grid-cols-[208px_minmax(0,1fr)]' : ''}`}>
      {roomForAside && (
        // Its column is there from the start.
        <Suspense fallback={<div />}>
          <AccountsAside
            keys={view.keys}
            accounts={view.accounts}
            chosen={filter.account}
            onChoose={chooseAccount}
          />
        </Suspense>
      )}
      <section aria-label={t('popup.keys')} {...list.region} className="min-w-0">
        <div className="flex flex-wrap gap-2">
          <div className="flex min-w-64 flex-1 gap-2">
            <KeySearch list={list} placeholder={t('keysPage.search')} />
          </div>
          {!roomForAside && <AccountSelect list={list} />}
          <Suspense fallback={<span className="w-36" />}>
            <KeySelects
              choices={list.choices}
              choice={list.choice}
              narrow={narrow}
              sorts={!asTable || !hasAllColumns}
            />
          </Suspense>
        </div>
        <div className="flex flex-wrap items-center gap-x-3">
          <StateChips list={list} />
          <span className="ml-auto flex items-center gap-2">
            {open > 1 && (
              <Button small look="link" onClick={() => selection.set(importable(shown))}>
                {t('batch.notImported', { count: open })}
              </Button>
            )}
            <ImportAll selection={selection} open={list.open} ids={() => importable(shown)} />
            {roomForTable && <LookButton asTable={asTable} />}
          </span>
        </div>
        {/* The bar of a selection stands at the bottom, however few keys there are. */}
        <div className="min-h-[calc(100vh-320px)]">
          {shown.length === 0 ? (
            <NoMatch list={list} />
          ) : asTable ? (
            <Suspense>
              <KeyTable list={list} onEdit={setEditing} />
            </Suspense>
          ) : (
            <Cards list={list} onEdit={setEditing} />
          )}
        </div>
        <Suspense>
          <BatchBar selection={selection} shown={shown} />
        </Suspense>
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

const CARDS = { size: 84, gap: 8, head: RELAY_HEAD + 8, column: 320 };

/** Cards beside one another, as many as there is room for. */
function Cards({ list, onEdit }: { list: KeyListState; onEdit(id: string): void }): ReactNode {
  const { t } = useTranslation();
  const { ref, style, drawn } = useKeysInSight<HTMLUListElement>(list, CARDS);
  return (
    <div className="pb-3 pt-0.5">
      <ul ref={ref} className="relative grid content-start gap-2" style={style} aria-label={t('popup.keys')}>
        <DrawnCards list={list} drawn={drawn} choosing onEdit={onEdit} />
      </ul>
    </div>
  );
}
