import { useState, type ReactNode } from 'react';
import type { View } from '../../core/view/view';
import { useBatchDialog } from '../batch/use-batch-dialog';
import { useEdits } from '../entries/use-edits';
import { Button } from '../parts/button';
import { FerryIcon } from '../parts/icons';
import { useTranslation } from '../use-translation';
import { KeyCard } from './card';
import { useDrawnKeys } from './use-drawn-keys';
import { importable } from './filter';
import { AccountSelect, KeySearch, NoMatch, StateChips } from './filters';
import { useKeyList, type KeyListState } from './use-key-list';

/** Pixels from the end of the list where more cards are drawn. */
const NEAR_PX = 600;

/** The keys as cards, with search, account and state: what the popup shows. */
export function KeyList({ view, empty }: { view: View; empty: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const list = useKeyList(view);
  const { drawn, drawMore } = useDrawnKeys(list);
  const [selecting, setSelecting] = useState(false);
  const { shown, selection } = list;
  const choosing = selecting || selection.ids.size > 0;
  if (view.keys.length === 0) return <>{empty}</>;
  return (
    <section className="flex min-h-0 flex-1 flex-col" aria-label={t('popup.keys')} onKeyDown={list.onKeyDown}>
      <div className="flex gap-2 px-3 pt-3">
        <KeySearch list={list} placeholder={t('popup.search')} />
        <AccountSelect list={list} />
      </div>
      <StateChips list={list} />
      <BatchLine list={list} choosing={choosing} onChoosing={setSelecting} />
      {shown.length === 0 ? (
        <NoMatch list={list} />
      ) : (
        <ul
          className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] content-start gap-2 overflow-y-auto px-3 pb-3 pt-0.5"
          aria-label={t('popup.keys')}
          onScroll={(event) => {
            const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
            if (scrollTop + clientHeight > scrollHeight - NEAR_PX) drawMore();
          }}
        >
          {drawn.map((key) => (
            <KeyCard key={key.id} keyView={key} list={list} choosing={choosing} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** How many keys are chosen and their import, or the way to choose some. */
function BatchLine({
  list: { selection, shown, filter },
  choosing,
  onChoosing,
}: {
  list: KeyListState;
  choosing: boolean;
  onChoosing(choosing: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const batch = useBatchDialog(() => selection.set([]));
  const open = importable(shown);
  const edits = useEdits(
    () => ({ keyIds: [...selection.ids], entries: [] }),
    () => selection.set([]),
  );
  const { size } = selection.ids;
  const clear = (): void => {
    onChoosing(false);
    selection.set([]);
  };
  return (
    <>
      {choosing ? (
        <div className="flex flex-none items-center gap-3 px-3 pb-2" role="group" aria-label={t('batch.bar')}>
          <b className="tabular-nums" role="status">
            {t('batch.selected', { count: size })}
          </b>
          <Button small look="link" onClick={clear}>
            {t('batch.clear')}
          </Button>
          <span className="ml-auto">{edits.button({ small: true, disabled: size === 0 })}</span>
          <Button small look="primary" disabled={size === 0} onClick={() => batch.open(selection.ids)}>
            <FerryIcon size={14} />
            {t('batch.import', { count: size })}
          </Button>
        </div>
      ) : (
        shown.length > 1 && (
          <div className="flex flex-none items-center gap-2 px-3 pb-2">
            <Button small look="link" onClick={() => onChoosing(true)}>
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
      {edits.dialog}
    </>
  );
}
