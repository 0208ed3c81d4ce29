import type { ReactNode } from 'react';
import { TableHead } from '../parts/table-head';
import { useWindowRows } from '../parts/use-window-rows';
import { useMedia } from '../use-media';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import type { ChannelSort } from './filter';
import { ChannelRow, COLUMNS, WIDE } from './row';
import type { Board } from './use-board';
import type { Roving } from './use-roving';

const HEADS: readonly ChannelSort[] = ['name', 'models', 'group', 'priority', 'response', 'state'];

/** One channel a row, or a card where there is no room; only those in sight are drawn. */
export function ChannelList({ board, roving }: { board: Board; roving: Roving }): ReactNode {
  const { t } = useTranslation();
  const { shown, view, selection, filter, onFilter } = board;
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
      {asTable && (
        <TableHead
          columns={COLUMNS}
          shown={shown}
          selection={selection}
          heads={HEADS.map((by) => [by, t(`channels.sort.${by}`)])}
          filter={filter}
          onSort={(change) => onFilter({ ...filter, ...change })}
        />
      )}
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
