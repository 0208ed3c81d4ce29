import { useMemo, type CSSProperties, type ReactNode } from 'react';
import { COLUMNS, TableHead } from '../parts/table-head';
import { useRowsInSight } from '../parts/use-rows-in-sight';
import { useMedia } from '../use-window';
import { useTranslation } from '../use-translation';
import { useViewPart } from '../use-view';
import type { ChannelSort } from './filter';
import { ChannelRow, ROOMY, templateOf, WIDE } from './row/row';
import type { Board } from './use-board';
import type { Roving } from './use-roving';

const HEADS: readonly ChannelSort[] = ['name', 'models', 'group', 'priority', 'weight', 'response', 'state'];

/** One channel a row, or a card where there is no room; only those in sight are drawn. */
export function ChannelList({ board, roving }: { board: Board; roving: Roving }): ReactNode {
  const { t } = useTranslation();
  const { shown, view, selection, filter, onFilter } = board;
  const keys = useViewPart('keys');
  const asTable = useMedia(WIDE);
  const roomy = useMedia(ROOMY);
  const columns = { '--columns': templateOf(roomy) } as CSSProperties;
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);
  const { ref, style, drawn } = useRowsInSight(ids, { size: asTable ? 53 : 96, kept: roving.at });
  const names = useMemo(() => new Map(keys.map(({ id, name }) => [id, name])), [keys]);
  return (
    <div
      className={asTable ? 'panel overflow-hidden' : ''}
      role={asTable ? 'table' : 'list'}
      aria-label={t('channels.tab')}
      {...(asTable && { 'aria-rowcount': shown.length + 1, style: columns })}
    >
      {asTable && (
        <TableHead
          columns={`${COLUMNS} ${roomy ? '' : 'gap-2!'}`}
          shown={shown}
          selection={selection}
          heads={HEADS.map((by) => [by, t(`channels.sort.${by}`)])}
          filter={filter}
          onSort={(change) => onFilter({ ...filter, ...change })}
        />
      )}
      <div ref={ref} role={asTable ? 'rowgroup' : 'presentation'} className="relative" style={style}>
        {drawn.map(({ index, style: place }) => {
          const channel = shown[index];
          const keyName = channel && names.get(view.keys[channel.id] ?? '');
          return (
            channel && (
              <div key={channel.id} data-index={index} style={place}>
                <ChannelRow {...{ board, roving, asTable, roomy, channel, keyName, at: index }} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
