import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView, View } from '../../core/view/view';
import { useSelection, type Selection } from '../parts/use-selection';
import { KeyCard } from './card';
import { importable } from './filter';
import { useBatchDialog } from '../batch/use-batch-dialog';
import { Button } from '../parts/button';
import { FerryIcon } from '../parts/icons';
import { KeySearch, NoMatch, StateChips } from './search';
import { selectionKeys } from './selection-keys';
import { useKeyList, type KeyListState } from './use-key-list';

/** More cards than this are drawn as the user scrolls near them. */
const BATCH = 60;

/** The keys as cards, with search, account and state: what the popup shows. */
export function KeyList({ view, empty }: { view: View; empty: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const list = useKeyList(view);
  const [most, setMost] = useState(BATCH);
  const selection = useSelection(view.keys);
  const [selecting, setSelecting] = useState(false);
  const batch = useBatchDialog(() => selection.set([]));
  const { filter, setFilter, shown } = list;
  const open = importable(shown);
  const choosing = selecting || selection.ids.size > 0;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void =>
    selectionKeys(event, { selection, shown, otherwise: list.onKeyDown });
  if (view.keys.length === 0) return <>{empty}</>;
  return (
    <section className="flex min-h-0 flex-1 flex-col" aria-label={t('popup.keys')} onKeyDown={onKeyDown}>
      <div className="flex gap-2 px-3 pt-3">
        <KeySearch filter={filter} onFilter={setFilter} field={list.search} placeholder={t('popup.search')} />
        {view.accounts.length > 0 && (
          <AccountSelect
            view={view}
            value={filter.account}
            onChange={(account) => setFilter({ ...filter, account })}
          />
        )}
      </div>
      <StateChips filter={filter} onFilter={setFilter} count={list.count} />
      {choosing ? (
        <div className="flex flex-none items-center gap-3 px-3 pb-2" role="group" aria-label={t('batch.bar')}>
          <b className="tabular-nums" role="status">
            {t('batch.selected', { count: selection.ids.size })}
          </b>
          <Button
            small
            look="link"
            onClick={() => {
              setSelecting(false);
              selection.set([]);
            }}
          >
            {t('batch.clear')}
          </Button>
          <Button
            small
            look="primary"
            className="ml-auto"
            disabled={selection.ids.size === 0}
            onClick={() => batch.open(selection.ids)}
          >
            <FerryIcon size={14} />
            {t('batch.import', { count: selection.ids.size })}
          </Button>
        </div>
      ) : (
        shown.length > 1 && (
          <div className="flex flex-none items-center gap-2 px-3 pb-2">
            <Button small look="link" onClick={() => setSelecting(true)}>
              {t('batch.choose')}
            </Button>
            {filter.state === 'not-imported' && open.length > 1 && (
              <Button small className="ml-auto" onClick={() => batch.open(open)}>
                <FerryIcon size={14} />
                {t('batch.import', { count: open.length })}
              </Button>
            )}
          </div>
        )
      )}
      {batch.dialog}
      {shown.length === 0 ? (
        <NoMatch filter={filter} onFilter={setFilter} />
      ) : (
        <ul
          className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] content-start gap-2 overflow-y-auto px-3 pb-3 pt-0.5"
          aria-label={t('popup.keys')}
          onScroll={(event) => {
            const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
            if (scrollTop + clientHeight > scrollHeight - 600) setMost((now) => now + BATCH);
          }}
        >
          <KeyCards keys={shown.slice(0, most)} list={list} {...(choosing && { selection })} />
        </ul>
      )}
    </section>
  );
}

export function KeyCards({
  keys,
  list,
  selection,
  onEdit,
}: {
  keys: readonly KeyView[];
  list: KeyListState;
  selection?: Selection;
  onEdit?: (keyId: string) => void;
}): ReactNode {
  return keys.map((key) => (
    <KeyCard
      key={key.id}
      keyView={key}
      active={key.id === list.active}
      onFocus={() => list.setActive(key.id)}
      onEdit={onEdit}
      selection={selection}
      shown={list.shown}
    />
  ));
}

export function AccountSelect({
  view,
  value,
  onChange,
}: {
  view: View;
  value: string;
  onChange(account: string): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <label className="field w-32 flex-none">
      <select
        aria-label={t('popup.account')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('popup.allAccounts')}</option>
        {view.accounts.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value="own">{t('popup.ownKeys')}</option>
      </select>
    </label>
  );
}
