import { foreignText } from '../../core/foreign-text';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Channel, ChannelState } from '../../core/channels/channel';
import { splitList } from '../../core/channels/compare';
import { formatWhen } from '../format';
import { FerryIcon } from '../parts/icons';
import { Status } from '../parts/status';
import { withShift } from '../parts/use-selection';
import { useTranslation } from '../use-translation';
import type { Board } from './use-board';
import { modelCount } from './filter';
import { RowButtons } from './row-buttons';
import type { Roving } from './use-roving';

/** Room for a table. */
export const WIDE = '(min-width: 760px)';
/** The last one is fixed: every row is a grid of its own, and all must have the same columns. */
export const COLUMNS =
  'grid-cols-[16px_minmax(0,2fr)_minmax(56px,0.4fr)_minmax(0,0.7fr)_minmax(60px,0.4fr)_minmax(56px,0.4fr)_minmax(64px,0.6fr)_minmax(0,1fr)_132px]';

interface Props {
  board: Board;
  roving: Roving;
  asTable: boolean;
  channel: Channel;
  /** The key of ours that it was made for. */
  keyName: string | undefined;
  at: number;
}

const TONES = { on: 'present', off: 'absent', 'auto-off': 'warn' } as const satisfies Record<
  ChannelState,
  string
>;

export function ChannelRow(props: Props): ReactNode {
  const { t } = useTranslation();
  const { board, roving, channel, at, asTable } = props;
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
        className={`grid ${COLUMNS} min-h-[52px] items-center gap-3 border-b border-line px-3 py-1.5 focus-visible:-outline-offset-2 ${look}`}
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
          <RowButtons board={board} channel={channel} />
        </div>
      </div>
    </div>
  );
}

function Cells(props: Props): ReactNode {
  const { t } = useTranslation();
  const { channel } = props;
  const { group, models, priority, weight, responseMs } = channel;
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
      <Cell className="tabular-nums text-ink-2">
        {responseMs > 0 ? t('cpa.ms', { ms: responseMs }) : '–'}
      </Cell>
      <Cell className="min-w-0">
        <State {...props} />
      </Cell>
      <Cell className="flex justify-end gap-0.5">
        <RowButtons {...props} />
      </Cell>
    </>
  );
}

const Cell = (cell: { className: string; title?: string; children: ReactNode }): ReactNode => (
  <div role="cell" {...cell} />
);

function Box({ board: { selection, shown }, channel: { id, name } }: Props): ReactNode {
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

/** The state; below it why and when the site changed it, where it says so. */
function State({ board, channel: { id, state, off } }: Props): ReactNode {
  const { t, i18n } = useTranslation();
  const why =
    off && [off.reason, off.at > 0 ? formatWhen(off.at, i18n.language) : ''].filter(Boolean).join(' · ');
  return (
    <div className="flex min-w-0 flex-col items-start">
      <Status tone={board.work.running?.ids.has(id) ? 'busy' : TONES[state]} live>
        {t(`channels.state.${state}`)}
      </Status>
      {why && (
        <div className="cut max-w-full text-xs text-ink-3" title={why}>
          {why}
        </div>
      )}
    </div>
  );
}

/** The name; below it where it leads, and which key of ours it holds. */
function Name({ channel, keyName }: Props): ReactNode {
  const { t } = useTranslation();
  const { id, name, baseUrl, tag, usedQuota, balance } = channel;
  const parts = [
    `#${id}`,
    baseUrl.replace(/^https?:\/\//, ''),
    tag,
    sayKeys(t, channel),
    usedQuota === undefined ? '' : t('channels.used', { used: usedQuota }),
    balance ? t('channels.balance', { amount: balance.amount }) : '',
  ];
  return (
    <div className="min-w-0 flex-1">
      <div className="flex items-center gap-1.5">
        <span className="cut font-semibold" title={name}>
          {name}
        </span>
        {keyName !== undefined && (
          <span title={t('channels.ofKey', { name: keyName })} className="flex flex-none text-accent">
            <FerryIcon size={14} />
            <span className="sr-only">{t('channels.ofKey', { name: keyName })}</span>
          </span>
        )}
      </div>
      <div className="cut text-xs text-ink-3" title={parts.filter(Boolean).map(foreignText).join(' · ')}>
        {parts.filter(Boolean).map(foreignText).join(' · ')}
      </div>
    </div>
  );
}

/** How many keys a channel has, and how the site takes turns with them. */
function sayKeys(t: TFunction, { manyKeys, keys }: Channel): string {
  if (!manyKeys) return '';
  if (!keys) return t('channels.manyKeys');
  const { count, mode } = keys;
  return mode === 'polling' || mode === 'random'
    ? t(`channels.keys.${mode}`, { count })
    : t('channels.keys.plain', { count });
}

/** What a card says in one line. */
function Facts({ channel }: { channel: Channel }): ReactNode {
  const { t } = useTranslation();
  const { group, priority, responseMs } = channel;
  const parts = [
    t('common.models', { count: modelCount(channel) }),
    t('channels.priority', { priority }),
    splitList(group).map(foreignText).join(t('common.listComma')),
    responseMs > 0 ? t('cpa.ms', { ms: responseMs }) : '',
  ];
  return (
    <span className="cut flex-1 text-xs tabular-nums text-ink-2">
      {parts.filter(Boolean).map(foreignText).join(' · ')}
    </span>
  );
}
