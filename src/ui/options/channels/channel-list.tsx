import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../core/channel';
import type { ChannelsView } from '../../../core/channel-view';
import { useMedia } from '../../use-media';
import type { Selection } from '../../use-selection';
import { useView } from '../../use-view';
import { useWindowRows } from '../../use-window-rows';
import type { ChannelFilter, ChannelSort } from './channel-filter';
import { ChannelRow, COLUMNS, WIDE } from './channel-row';
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
  const all = shown.every(({ id }) => selection.ids.has(id));
  return (
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
      {HEADS.map((by) => {
        const on = filter.sort === by;
        const Arrow = filter.down ? ArrowDown : ArrowUp;
        return (
          <span
            key={by}
            role="columnheader"
            aria-sort={on ? (filter.down ? 'descending' : 'ascending') : 'none'}
          >
            <button
              type="button"
              className="inline-flex min-h-6 items-center gap-1 text-left hover:text-ink"
              onClick={() => onFilter({ ...filter, sort: by, down: on && !filter.down })}
            >
              {t(`channels.sort.${by}`)}
              {on && <Arrow size={12} aria-hidden />}
            </button>
          </span>
        );
      })}
      <span role="columnheader" className="sr-only">
        {t('keysPage.actions')}
      </span>
    </div>
  );
}
