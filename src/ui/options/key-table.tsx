import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Pencil } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyView } from '../../core/view';
import type { KeyFilter, SortBy } from '../key-filter';
import { keyState } from '../key-state';
import { IconButton } from '../parts/button';
import { Amount } from '../parts/amount';
import { KeyActions } from '../parts/key-actions';
import { NextSteps, RunningEnd } from '../parts/key-card';
import { Monogram } from '../parts/monogram';
import { Status } from '../parts/status';
import type { KeyListState, KeyRows } from '../parts/use-key-list';
import { withShift, type Selection } from '../use-selection';

/** The last one is fixed: every row is a grid of its own, and all must have the same columns. */
const COLUMNS = 'grid-cols-[16px_minmax(0,2fr)_minmax(0,0.5fr)_minmax(104px,0.6fr)_minmax(0,1.1fr)_244px]';
const ROW_PX = 52;

/** One key a row; only the rows in sight are drawn, so that a thousand scroll like ten. */
export function KeyTable({ list, selection, onEdit }: KeyRows): ReactNode {
  const { t } = useTranslation();
  const { shown, filter, setFilter } = list;
  const all = shown.length > 0 && shown.every(({ id }) => selection.ids.has(id));
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(body.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: shown.length,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => shown[index]!.id,
    overscan: 8,
    scrollMargin: top,
  });
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
        <span role="columnheader" className="flex">
          <input
            type="checkbox"
            aria-label={t('batch.selectAll')}
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = !all && selection.ids.size > 0;
            }}
            onChange={() => selection.set(all ? [] : shown.map(({ id }) => id))}
          />
        </span>
        <Head by="name" filter={filter} onFilter={setFilter} />
        <Head by="group" filter={filter} onFilter={setFilter} />
        <Head by="balance" filter={filter} onFilter={setFilter} end />
        <Head by="state" filter={filter} onFilter={setFilter} />
        <span role="columnheader" className="sr-only">
          {t('keysPage.actions')}
        </span>
      </div>
      <div ref={body} role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start - top}px)` }}
          >
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
  const on = filter.sort === by;
  const Arrow = filter.down ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      aria-sort={on ? (filter.down ? 'descending' : 'ascending') : 'none'}
      className={end ? 'text-right' : ''}
    >
      <button
        type="button"
        className="inline-flex min-h-6 items-center gap-1 hover:text-ink"
        onClick={() => onFilter({ ...filter, sort: by, down: on && !filter.down })}
      >
        {t(`keysPage.head.${HEAD_NAMES[by]}`)}
        {on && <Arrow size={12} aria-hidden />}
      </button>
    </span>
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
