import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Channel, ChannelState } from '../../core/channels/channel';
import { splitList } from '../../core/channels/compare';
import { FerryIcon } from '../parts/icons';
import { Status } from '../parts/status';
import { withShift } from '../parts/use-selection';
import { modelCount } from './filter';
import { RowButtons, type RowActions } from './row-buttons';

/** Room for a table. */
export const WIDE = '(min-width: 760px)';
/** The last one is fixed: every row is a grid of its own, and all must have the same columns. */
export const COLUMNS =
  'grid-cols-[16px_minmax(0,2fr)_minmax(48px,0.4fr)_minmax(0,0.8fr)_minmax(84px,0.6fr)_minmax(64px,0.6fr)_minmax(0,0.9fr)_124px]';

interface Props {
  channel: Channel;
  at: number;
  of: number;
  asTable: boolean;
  /** The key of ours that it was made for. */
  keyName: string | undefined;
  reachable: boolean;
  onFocus(id: number): void;
  selected: boolean;
  onSelect(id: number, shift: boolean): void;
  actions: RowActions;
}

const TONES = { on: 'ok', off: 'none', 'auto-off': 'warn' } as const satisfies Record<ChannelState, string>;

export function ChannelRow(props: Props): ReactNode {
  const { t } = useTranslation();
  const { channel, at, of, asTable, selected } = props;
  const { under } = props.actions;
  const { id, name, state } = channel;
  const cell = asTable ? { role: 'cell' } : {};
  const box = (
    <input
      type="checkbox"
      aria-label={t('batch.select', { name })}
      checked={selected}
      onChange={({ nativeEvent }) => props.onSelect(id, withShift(nativeEvent))}
    />
  );
  const status = (
    <Status tone={under.has(id) ? 'busy' : TONES[state]} live>
      {t(`channels.state.${state}`)}
    </Status>
  );
  const look = selected ? 'bg-accent-soft' : asTable ? 'hover:bg-sunken' : '';
  const shared = {
    'data-row': id,
    tabIndex: props.reachable ? 0 : -1,
    onFocus: () => props.onFocus(id),
    'aria-label': t('channels.row', { name, state: t(`channels.state.${state}`) }),
  };
  if (!asTable)
    return (
      <div className="pb-2">
        <div
          role="listitem"
          aria-setsize={of}
          aria-posinset={at + 1}
          {...shared}
          className={`panel flex flex-col gap-1.5 px-3 py-2 ${look}`}
        >
          <div className="flex items-start gap-2.5">
            <span className="flex pt-0.5">{box}</span>
            <Name {...props} />
            {status}
          </div>
          <div className="flex items-center gap-2 pl-6">
            <Facts channel={channel} />
            <RowButtons channel={channel} actions={props.actions} />
          </div>
        </div>
      </div>
    );
  const { group, priority, weight, responseMs } = channel;
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      {...shared}
      className={`grid ${COLUMNS} min-h-[52px] items-center gap-3 border-b border-line px-3 py-1.5 focus-visible:-outline-offset-2 ${look}`}
    >
      <div {...cell} className="flex">
        {box}
      </div>
      <div {...cell} className="min-w-0">
        <Name {...props} />
      </div>
      <div {...cell} className="tabular-nums" title={splitList(channel.models).slice(0, 40).join(', ')}>
        {modelCount(channel)}
      </div>
      <div {...cell} className="cut text-ink-2" title={group}>
        {splitList(group).join(t('common.listComma'))}
      </div>
      <div {...cell} className="tabular-nums text-ink-2">
        {t('channels.order', { priority, weight })}
      </div>
      <div {...cell} className="tabular-nums text-ink-2">
        {responseMs > 0 ? t('cpa.ms', { ms: responseMs }) : '–'}
      </div>
      <div {...cell} className="min-w-0">
        {status}
      </div>
      <div {...cell} className="flex justify-end gap-0.5">
        <RowButtons channel={channel} actions={props.actions} />
      </div>
    </div>
  );
}

/** The name; below it where it leads, and which key of ours it holds. */
function Name({ channel, keyName }: Props): ReactNode {
  const { t } = useTranslation();
  const { id, name, baseUrl, manyKeys, tag } = channel;
  const parts = [`#${id}`, baseUrl.replace(/^https?:\/\//, ''), tag, manyKeys ? t('channels.manyKeys') : ''];
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
      <div className="cut text-xs text-ink-3">{parts.filter(Boolean).join(' · ')}</div>
    </div>
  );
}

/** What a card says in one line. */
function Facts({ channel }: { channel: Channel }): ReactNode {
  const { t } = useTranslation();
  const { group, priority, responseMs } = channel;
  const parts = [
    t('common.models', { count: modelCount(channel) }),
    t('channels.priority', { priority }),
    splitList(group).join(t('common.listComma')),
    responseMs > 0 ? t('cpa.ms', { ms: responseMs }) : '',
  ];
  return (
    <span className="cut flex-1 text-xs tabular-nums text-ink-2">{parts.filter(Boolean).join(' · ')}</span>
  );
}
