import type { ReactNode } from 'react';
import { foreignText } from '../../../core/foreign-text';
import type { Channel } from '../../../core/channels/channel';
import { splitList } from '../../../core/channels/compare';
import { COLUMNS } from '../../parts/table-head';
import { withShift } from '../../parts/use-selection';
import { useTranslation } from '../../use-translation';
import { modelCount } from '../filter';
import type { Board } from '../use-board';
import type { Roving } from '../use-roving';
import { RowButtons } from './buttons';
import { lastTest } from './last-test';
import { Name } from './name';
import { State } from './state';

/** Room for a table. */
export const WIDE = '(min-width: 960px)';
/** Room for every button of a row; else Test stands in its menu. */
export const ROOMY = '(min-width: 1120px)';
/** The columns of a table. */
export const templateOf = (roomy: boolean): string =>
  roomy
    ? '16px minmax(0,2.1fr) 52px minmax(0,0.8fr) 60px 56px 80px minmax(0,1.5fr) 148px'
    : '16px minmax(0,2.2fr) 48px minmax(0,0.7fr) 60px 52px 76px minmax(0,1.6fr) 84px';

export interface RowProps {
  board: Board;
  roving: Roving;
  asTable: boolean;
  /** There is room for all buttons. */
  roomy: boolean;
  channel: Channel;
  /** The key of ours that it was made for. */
  keyName: string | undefined;
  at: number;
}

export function ChannelRow(props: RowProps): ReactNode {
  const { t } = useTranslation();
  const { board, roving, channel, at, asTable, roomy } = props;
  const { id, name, state } = channel;
  const selected = board.selection.ids.has(id);
  const look = selected ? 'bg-accent-soft' : asTable ? 'hover:bg-sunken' : '';
  const shared = {
    'data-row': id,
    tabIndex: at === roving.at ? 0 : -1,
    onFocus: () => roving.setActive(id),
    'aria-label': t('channels.row', { name, state: t(`channels.state.${state}`) }),
  };
  if (asTable)
    return (
      <div
        role="row"
        aria-rowindex={at + 2}
        {...shared}
        className={`grid ${COLUMNS} ${roomy ? '' : 'gap-2!'} min-h-[52px] items-center gap-3 border-b border-line px-3 py-1.5 focus-visible:-outline-offset-2 ${look}`}
      >
        <Cells {...props} />
      </div>
    );
  return (
    <div className="pb-2">
      <div
        role="listitem"
        aria-setsize={board.shown.length}
        aria-posinset={at + 1}
        {...shared}
        className={`panel flex flex-col gap-1.5 px-3 py-2 ${look}`}
      >
        <div className="flex items-start gap-2.5">
          <span className="flex pt-0.5">
            <Box {...props} />
          </span>
          <Name {...props} />
          <State {...props} />
        </div>
        <div className="flex items-center gap-2 pl-6">
          <Facts channel={channel} />
          <RowButtons board={board} channel={channel} roomy />
        </div>
      </div>
    </div>
  );
}

function Cells(props: RowProps): ReactNode {
  const { t } = useTranslation();
  const { channel } = props;
  const { group, models, priority, weight } = channel;
  return (
    <>
      <Cell className="flex">
        <Box {...props} />
      </Cell>
      <Cell className="min-w-0">
        <Name {...props} />
      </Cell>
      <Cell className="tabular-nums" title={splitList(models).slice(0, 40).map(foreignText).join(', ')}>
        {modelCount(channel)}
      </Cell>
      <Cell className="cut text-ink-2" title={group}>
        {splitList(group).map(foreignText).join(t('common.listComma'))}
      </Cell>
      <Cell className="tabular-nums text-ink-2">{priority}</Cell>
      <Cell className="tabular-nums text-ink-2">{weight}</Cell>
      <Cell className="min-w-0 text-xs tabular-nums text-ink-2">
        <LastTest channel={channel} />
      </Cell>
      <Cell className="min-w-0">
        <State {...props} />
      </Cell>
      <Cell className="flex justify-end">
        <RowButtons {...props} />
      </Cell>
    </>
  );
}

const Cell = (cell: { className: string; title?: string; children: ReactNode }): ReactNode => (
  <div role="cell" {...cell} />
);

/** The time of the answer, and below it when that was. */
function LastTest({ channel }: { channel: Channel }): ReactNode {
  const { t, i18n } = useTranslation();
  const parts = lastTest(t, i18n.language, channel);
  if (parts.length === 0) return <span className="text-ink-3">{t('channels.notTested')}</span>;
  return parts.map((part) => <div key={part}>{part}</div>);
}

function Box({ board: { selection, shown }, channel: { id, name } }: RowProps): ReactNode {
  const { t } = useTranslation();
  return (
    <input
      type="checkbox"
      aria-label={t('batch.select', { name })}
      checked={selection.ids.has(id)}
      onChange={({ nativeEvent }) => selection.toggle(id, withShift(nativeEvent) ? shown : [])}
    />
  );
}

/** What a card says in one line. */
function Facts({ channel }: { channel: Channel }): ReactNode {
  const { t, i18n } = useTranslation();
  const { group, priority, weight } = channel;
  const tested = lastTest(t, i18n.language, channel);
  const parts = [
    t('common.models', { count: modelCount(channel) }),
    splitList(group).map(foreignText).join(t('common.listComma')),
    t('channels.priority', { priority }),
    t('channels.weight', { weight }),
    tested.length > 0 ? t('channels.tested', { test: tested.join(' · ') }) : t('channels.notTested'),
  ];
  return (
    <span className="flex-1 text-xs tabular-nums text-ink-2 [overflow-wrap:anywhere]">
      {parts.filter(Boolean).map(foreignText).join(' · ')}
    </span>
  );
}
