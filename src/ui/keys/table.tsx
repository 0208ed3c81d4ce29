import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView } from '../../core/view/view';
import type { KeyFilter, SortBy } from './filter';
import { keyState } from './state';
import { IconButton } from '../parts/button';
import { Amount } from './amount';
import { KeyActions } from './actions';
import { NextSteps, RunningEnd } from './card';
import { Monogram } from '../parts/monogram';
import { Status } from '../parts/status';
import type { KeyListState, KeyRows } from './use-key-list';
import { withShift, type Selection } from '../parts/use-selection';
import { useWindowRows } from '../parts/use-window-rows';
import { SelectAll, SortHead } from '../parts/table-head';

/** The last one is fixed: every row is a grid of its own, and all must have the same columns. */
const COLUMNS = 'grid-cols-[16px_minmax(0,2fr)_minmax(0,0.5fr)_minmax(104px,0.6fr)_minmax(0,1.1fr)_244px]';
const ROW_PX = 52;

/** One key a row; only the rows in sight are drawn, so that a thousand scroll like ten. */
export function KeyTable({ list, selection, onEdit }: KeyRows): ReactNode {
  const { t } = useTranslation();
  const { shown, filter, setFilter } = list;
  const { body, height, rows, measure } = useWindowRows(
    shown.map(({ id }) => id),
    ROW_PX,
  );
  return (
    <div
      className="panel overflow-hidden"
      role="table"
      aria-label={t('popup.keys')}
      aria-rowcount={shown.length + 1}
    >
      <div
        role="row"
        className={`grid ${COLUMNS} items-center gap-3 border-b border-line px-3 py-2 text-xs text-ink-3`}
      >
        <SelectAll shown={shown} selection={selection} />
        <Head by="name" filter={filter} onFilter={setFilter} />
        <Head by="group" filter={filter} onFilter={setFilter} />
        <Head by="balance" filter={filter} onFilter={setFilter} end />
        <Head by="state" filter={filter} onFilter={setFilter} />
        <span role="columnheader" className="sr-only">
          {t('keysPage.actions')}
        </span>
      </div>
      <div ref={body} role="rowgroup" className="relative" style={{ height }}>
        {rows.map(({ index, key, style }) => (
          <div key={key} ref={measure} data-index={index} className="absolute inset-x-0 top-0" style={style}>
            <Row keyView={shown[index]!} at={index} list={list} selection={selection} onEdit={onEdit} />
          </div>
        ))}
      </div>
    </div>
  );
}

const HEAD_NAMES = { name: 'key', group: 'group', balance: 'balance', state: 'state' } as const;

function Head({
  by,
  filter,
  onFilter,
  end,
}: {
  by: keyof typeof HEAD_NAMES & SortBy;
  filter: KeyFilter;
  onFilter(filter: KeyFilter): void;
  end?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <SortHead by={by} filter={filter} onFilter={onFilter} end={end}>
      {t(`keysPage.head.${HEAD_NAMES[by]}`)}
    </SortHead>
  );
}

function Row({
  keyView,
  at,
  list,
  selection,
  onEdit,
}: {
  keyView: KeyView;
  at: number;
  list: KeyListState;
  selection: Selection;
  onEdit(id: string): void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { running, card } = keyView;
  const state = keyState(t, i18n.language, keyView);
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      data-key={keyView.id}
      tabIndex={keyView.id === list.active ? 0 : -1}
      onFocus={() => list.setActive(keyView.id)}
      aria-label={`${keyView.name}, ${keyView.relayName}, ${state.text}`}
      aria-busy={running !== null}
      className={`grid ${COLUMNS} min-h-[52px] items-center gap-3 border-b border-line px-3 py-1.5 ${selection.ids.has(keyView.id) ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
    >
      <div role="cell" className="flex">
        <input
          type="checkbox"
          aria-label={t('batch.select', { name: keyView.name })}
          checked={selection.ids.has(keyView.id)}
          onChange={({ nativeEvent }) =>
            selection.toggle(keyView.id, withShift(nativeEvent) ? list.shown : [])
          }
        />
      </div>
      <div role="cell" className="flex min-w-0 items-center gap-2.5">
        <Monogram small name={keyView.relayName} />
        <div className="min-w-0">
          <div className="cut font-semibold" title={keyView.note || keyView.name}>
            {keyView.name}
          </div>
          <div className="cut text-xs text-ink-3">
            {keyView.name === keyView.relayName ? keyView.host : keyView.relayName} ·{' '}
            <span className="mono">{keyView.mask}</span>
          </div>
        </div>
      </div>
      <div role="cell" className="cut text-ink-2" title={keyView.group}>
        {keyView.group}
      </div>
      <div role="cell">
        <Amount keyView={keyView} />
      </div>
      <div role="cell" className="min-w-0" title={state.detail}>
        <Status tone={state.tone} live>
          {state.text}
        </Status>
        {!running && card && <NextSteps keyView={keyView} />}
      </div>
      <div role="cell" className="flex items-center justify-end gap-0.5">
        {running ? (
          <RunningEnd keyView={keyView} />
        ) : (
          <>
            <IconButton label={t('card.edit')} onClick={() => onEdit(keyView.id)}>
              <Pencil size={16} aria-hidden />
            </IconButton>
            <KeyActions keyView={keyView} ferry={state.ferry} />
          </>
        )}
      </div>
    </div>
  );
}
