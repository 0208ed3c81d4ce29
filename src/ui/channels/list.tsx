import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Channel } from '../../core/channels/channel';
import type { ChannelsView } from '../../core/channels/view';
import { useMedia } from '../use-media';
import type { Selection } from '../parts/use-selection';
import { useView } from '../use-view';
import { useWindowRows } from '../parts/use-window-rows';
import { TableHead } from '../parts/table-head';
import type { ChannelFilter, ChannelSort } from './filter';
import { ChannelRow, COLUMNS, WIDE } from './row';
import type { RowActions } from './row-buttons';
import type { Roving } from './use-roving';

const HEADS: readonly ChannelSort[] = ['name', 'models', 'group', 'priority', 'response', 'state'];

interface Props {
  shown: readonly Channel[];
  view: ChannelsView;
  filter: ChannelFilter;
  onFilter(filter: ChannelFilter): void;
  selection: Selection<number>;
  roving: Roving;
  actions: RowActions;
}

/** One channel a row, or a card where there is no room; only those in sight are drawn. */
export function ChannelList({ shown, view, filter, onFilter, selection, roving, actions }: Props): ReactNode {
  const { t } = useTranslation();
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
        {rows.map(({ index, key, style }) => (
          <div key={key} ref={measure} data-index={index} className="absolute inset-x-0 top-0" style={style}>
            <ChannelRow
              channel={shown[index]!}
              at={index}
              of={shown.length}
              asTable={asTable}
              keyName={names.get(view.keys[shown[index]!.id] ?? '')}
              reachable={index === roving.at}
              onFocus={roving.setActive}
              selected={selection.ids.has(shown[index]!.id)}
              onSelect={(id, shift) => selection.toggle(id, shift ? shown : [])}
              actions={actions}
            />
          </div>
        ))}
      </div>
    </div>
  );
}
