import { Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from '../use-translation';
import type { ChannelHistoryItem } from '../../core/channels/view';
import { ChannelRows } from '../channel-import/rows';
import { formatMoment, formatWhen } from '../format';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Status } from '../parts/status';
import { undoChannel } from '../channel-import/undo-channel';
import { HistoryLine, PHASE_TONES } from './line';

/** A write to a channel, as a line of the list. */
export function ChannelLine({
  item,
  ...line
}: {
  item: ChannelHistoryItem;
  on: boolean;
  onSelect(): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <HistoryLine at={item.at} title={titleOf(t, item)} about={placeOf(t, item)} {...line}>
      <ChannelStatus item={item} />
    </HistoryLine>
  );
}

/** What a write changed at its channel, and its undo. */
export function ChannelDetails({ item }: { item: ChannelHistoryItem }): ReactNode {
  const { t, i18n } = useTranslation();
  const context = usePage();
  const [busy, setBusy] = useState(false);
  const undo = async (): Promise<void> => {
    setBusy(true);
    await undoChannel(context, t, item.id);
    setBusy(false);
  };
  return (
    <aside className="panel sticky top-6 flex min-w-0 flex-1 basis-[360px] flex-col gap-3 p-5">
      <div>
        <h2 className="text-lg [overflow-wrap:anywhere]">{titleOf(t, item)}</h2>
        <p className="text-ink-2 [overflow-wrap:anywhere]">{placeOf(t, item)}</p>
      </div>
      <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-y-0.5">
        <dt className="text-ink-3">{t('history.when')}</dt>
        <dd>{formatMoment(item.at, i18n.language)}</dd>
        {item.keyName && (
          <>
            <dt className="text-ink-3">{t('channelImport.key')}</dt>
            <dd className="[overflow-wrap:anywhere]">
              {item.keyName} <span className="mono text-ink-3">{item.mask}</span>
            </dd>
          </>
        )}
        <dt className="text-ink-3">{t('history.proof')}</dt>
        <dd>
          <ChannelStatus item={item} />
        </dd>
      </dl>
      {item.changes.length > 0 && <ChannelRows changes={item.changes} />}
      {item.undoable && (
        <Button look="primary" className="self-start" busy={busy} onClick={() => void undo()}>
          <Undo2 size={16} aria-hidden />
          {t('channelImport.undoWrite')}
        </Button>
      )}
    </aside>
  );
}

/** "Written" is all that can be said: it was read back, and no more than that is seen from here. */
function ChannelStatus({ item: { phase, action, undoneAt } }: { item: ChannelHistoryItem }): ReactNode {
  const { t, i18n } = useTranslation();
  if (action === 'undo' && phase === 'done') return <Status tone="none">{t('history.takenBack')}</Status>;
  const time = undoneAt ? formatWhen(undoneAt, i18n.language) : '';
  return <Status tone={PHASE_TONES[phase]}>{t(`history.phase.${phase}`, { time })}</Status>;
}

const titleOf = (t: TFunction, { action, keyName, channelName }: ChannelHistoryItem): string =>
  t(`channelImport.action.${action}`, { key: keyName, channel: channelName });

function placeOf(t: TFunction, { channelId, newApiName, host }: ChannelHistoryItem): string {
  const place = newApiName === host ? host : t('channelImport.place', { name: newApiName, host });
  return channelId === null ? place : t('channelImport.at', { id: channelId, place });
}
