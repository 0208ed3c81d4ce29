import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Channel } from '../../core/channels/channel';
import type { ChannelsView } from '../../core/channels/view';
import { useMedia } from '../use-media';
import type { Selection } from '../parts/use-selection';
import { useView } from '../use-view';
import { useWindowRows } from '../parts/use-window-rows';
import { SelectAll, SortHead } from '../parts/table-head';
import type { ChannelFilter, ChannelSort } from './filter';
import { ChannelRow, COLUMNS, WIDE } from './row';
import type { RowActions } from './row-buttons';
import type { Roving } from './use-roving';

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
export function ChannelList(props: Props): ReactNode {
  const { t } = useTranslation();
  const { shown, view, selection, roving, actions } = props;
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
      {asTable && <Heads {...props} />}
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

const HEADS: readonly ChannelSort[] = ['name', 'models', 'group', 'priority', 'response', 'state'];

function Heads({ shown, selection, filter, onFilter }: Props): ReactNode {
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
