import type { ReactNode } from 'react';
import { SelectAll, SortHead } from '../parts/table-head';
import { useWindowRows } from '../parts/use-window-rows';
import { useMedia } from '../use-media';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import type { Board } from './use-board';
import type { ChannelSort } from './filter';
import { ChannelRow, COLUMNS, WIDE } from './row';
import type { Roving } from './use-roving';

/** One channel a row, or a card where there is no room; only those in sight are drawn. */
export function ChannelList({ board, roving }: { board: Board; roving: Roving }): ReactNode {
  const { t } = useTranslation();
  const { shown, view } = board;
  const { keys } = useView();
  const asTable = useMedia(WIDE);
  const { body, height, rows, measure } = useWindowRows(
    shown.map(({ id }) => id),
    asTable ? 53 : 96,
    roving.at,
  );
  const names = new Map(keys.map(({ id, name }) => [id, name]));
  return (
    <div
      className={asTable ? 'panel overflow-hidden' : ''}
      role={asTable ? 'table' : 'list'}
      aria-label={t('channels.tab')}
      {...(asTable && { 'aria-rowcount': shown.length + 1 })}
    >
      {asTable && <Heads board={board} />}
      <div ref={body} role={asTable ? 'rowgroup' : 'presentation'} className="relative" style={{ height }}>
        {rows.map(({ index, key, style }) => {
          const channel = shown[index];
          const keyName = channel && names.get(view.keys[channel.id] ?? '');
          return (
            <div
              key={key}
              ref={measure}
              data-index={index}
              className="absolute inset-x-0 top-0"
              style={style}
            >
              {channel && <ChannelRow {...{ board, roving, asTable, channel, keyName, at: index }} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const HEADS: readonly ChannelSort[] = ['name', 'models', 'group', 'priority', 'response', 'state'];

function Heads({ board: { shown, selection, filter, onFilter } }: { board: Board }): ReactNode {
  const { t } = useTranslation();
  return (
    <div
      role="row"
      className={`grid ${COLUMNS} items-center gap-3 border-b border-line px-3 py-2 text-xs text-ink-3`}
    >
      <SelectAll shown={shown} selection={selection} />
      {HEADS.map((by) => (
        <SortHead key={by} by={by} filter={filter} onFilter={onFilter}>
          {t(`channels.sort.${by}`)}
        </SortHead>
      ))}
      <span role="columnheader" className="sr-only">
        {t('keysPage.actions')}
      </span>
    </div>
  );
}
