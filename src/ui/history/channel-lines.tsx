import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelHistoryItem } from '../../core/view/history';
import { ChannelRows } from '../channel-import/rows';
import { formatWhen } from '../format';
import { usePage } from '../page-context';
import { Status } from '../parts/status';
import { undoChannel } from '../channel-import/undo-channel';
import { HistoryDetails } from './details';
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
  const { t } = useTranslation();
  const context = usePage();
  const key = (
    <>
      {item.keyName} <span className="mono text-ink-3">{item.mask}</span>
    </>
  );
  return (
    <HistoryDetails
      at={item.at}
      title={titleOf(t, item)}
      about={placeOf(t, item)}
      facts={item.keyName ? [[t('channelImport.key'), key]] : []}
      status={<ChannelStatus item={item} />}
      undo={
        item.undoable
          ? { label: t('channelImport.undoWrite'), run: () => undoChannel(context, t, item.id) }
          : null
      }
    >
      {item.changes.length > 0 && <ChannelRows changes={item.changes} />}
    </HistoryDetails>
  );
}

/** "Written" is all that can be said: the write was read back, and KeyFerry sees no more than that. */
function ChannelStatus({ item: { phase, undoneAt } }: { item: ChannelHistoryItem }): ReactNode {
  const { t, i18n } = useTranslation();
  const time = undoneAt ? formatWhen(undoneAt, i18n.language) : '';
  return <Status tone={PHASE_TONES[phase]}>{t(`history.phase.${phase}`, { time })}</Status>;
}

const titleOf = (t: TFunction, { action, keyName, channelName }: ChannelHistoryItem): string =>
  t(`channelImport.action.${action}`, { key: keyName, channel: channelName });

function placeOf(t: TFunction, { channelId, newApiName, host }: ChannelHistoryItem): string {
  const place = newApiName === host ? host : t('channelImport.place', { name: newApiName, host });
  return channelId === null ? place : t('channelImport.at', { id: channelId, place });
}
