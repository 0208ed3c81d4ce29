import { SlidersHorizontal } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import type { View } from '../../core/view/view';
import { ImportAll } from '../batch/import-all';
import { useBatchDialog } from '../batch/use-batch-dialog';
import { useEdits } from '../entries/use-edits';
import { Button, IconButton } from '../parts/button';
import { FerryIcon } from '../parts/icons';
import { useTranslation } from '../use-translation';
import { lazyNamed } from '../lazy-named';
import { DrawnCards, RELAY_HEAD } from './card';
import { importable, NO_CHOICE, setFilters } from './filter';
import { AccountSelect, KeySearch, NoMatch, StateChips } from './filters';
import { useKeyList, useKeysInSight, type KeyListState } from './use-key-list';

const KeySelects = lazyNamed(() => import('./selects'), 'KeySelects');

/** The keys as cards, with search, account and state: what the popup shows. */
export function KeyList({ view, empty, add }: { view: View; empty: ReactNode; add?: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const list = useKeyList(view);
  const [selecting, setSelecting] = useState(false);
  const [filtering, setFiltering] = useState(false);
  const { shown, selection } = list;
  const choosing = selecting || selection.ids.size > 0;
  const foot = 'flex flex-none items-center gap-2 border-t border-line bg-surface px-3 py-2';
  if (view.keys.length === 0)
    return (
      <>
        {empty}
        <div className={foot}>{add}</div>
      </>
    );
  return (
    <section className="flex min-h-0 flex-1 flex-col" aria-label={t('popup.keys')} {...list.region}>
      <div className="flex gap-2 px-3 pt-3">
        <KeySearch list={list} placeholder={t('popup.search')} />
        <AccountSelect list={list} />
        <MoreFilters list={list} open={filtering} onOpen={setFiltering} />
      </div>
      {filtering && (
        <div className="flex flex-wrap gap-2 px-3 pt-2" role="group" aria-label={t('popup.filters')}>
          <Suspense>
            <KeySelects
              choices={list.choices}
              choice={list.choice}
              narrow={list.narrow}
              sorts
              className="w-[118px]"
            />
          </Suspense>
        </div>
      )}
      <div className="flex flex-none items-center gap-2 px-3">
        <StateChips list={list} />
        {!choosing && shown.length > 1 && (
          <Button small look="link" className="ml-auto flex-none" onClick={() => setSelecting(true)}>
            {t('batch.choose')}
          </Button>
        )}
      </div>
      {shown.length === 0 ? <NoMatch list={list} /> : <Cards list={list} choosing={choosing} />}
      <div className={foot}>
        {!choosing && add}
        <BatchLine list={list} choosing={choosing} onChoosing={setSelecting} />
        <span className="ml-auto" hidden={choosing}>
          <ImportAll selection={selection} open={list.open} ids={() => importable(shown)} hidden={choosing} />
        </span>
      </div>
    </section>
  );
}

/** Brings up what there is no room for, and says how much of that is set. */
function MoreFilters({
  list: { choice },
  open,
  onOpen,
}: {
  list: KeyListState;
  open: boolean;
  onOpen(open: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const count = setFilters({ ...choice, state: NO_CHOICE.state, account: NO_CHOICE.account });
  return (
    <IconButton
      label={count > 0 ? t('popup.filtersSet', { count }) : t('popup.filters')}
      className={`self-center ${count > 0 ? 'text-accent' : ''}`}
      aria-expanded={open}
      onClick={() => onOpen(!open)}
    >
      <SlidersHorizontal size={16} aria-hidden />
    </IconButton>
  );
}

const CARDS = { size: 70, gap: 4, head: RELAY_HEAD + 4, scrolls: true };

function Cards({ list, choosing }: { list: KeyListState; choosing: boolean }): ReactNode {
  const { t } = useTranslation();
  const { ref, style, drawn } = useKeysInSight<HTMLUListElement>(list, CARDS);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-1 pt-0.5">
      <ul
        ref={ref}
        className="relative grid grid-cols-[minmax(0,1fr)] content-start gap-1"
        style={style}
        aria-label={t('popup.keys')}
      >
        <DrawnCards list={list} drawn={drawn} choosing={choosing} />
      </ul>
    </div>
  );
}

/** How many keys are chosen, and what is done with them: at the foot, where the import of all stands otherwise. */
function BatchLine({
  list: { selection },
  choosing,
  onChoosing,
}: {
  list: KeyListState;
  choosing: boolean;
  onChoosing(choosing: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const batch = useBatchDialog(() => selection.set([]));
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
      {choosing && (
        <div
          className="flex min-w-0 flex-1 flex-wrap items-center gap-2 whitespace-nowrap"
          role="group"
          aria-label={t('batch.bar')}
        >
          <b className="tabular-nums" role="status">
            {t('batch.selected', { count: size })}
          </b>
          <Button small look="link" onClick={clear}>
            {t('batch.clear')}
          </Button>
          <span className="ml-auto">{edits.button({ small: true, disabled: size === 0 })}</span>
          <Button
            small
            look="primary"
            className="ml-auto"
            disabled={size === 0}
            onClick={() => batch.open(selection.ids)}
          >
            <FerryIcon size={14} />
            {t('batch.import', { count: size })}
          </Button>
        </div>
      )}
      {batch.dialog}
      {edits.dialog}
    </>
  );
}
