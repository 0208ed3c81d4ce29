import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { HistoryItem } from '../../core/history/history';
import { ChannelRows } from '../channel-import/rows';
import { PlanRows } from '../dialogs/plan-rows';
import { formatMoment } from '../format';
import { BatchWrites, ChannelBatch } from './batch-writes';
import { describe, WriteStatus } from './described';
import { UndoButton } from './undo-button';

/** One write beside the list: when, what it changed, how it ended, and its undo. */
export function HistoryDetails({ item }: { item: HistoryItem }): ReactNode {
  const { t, i18n } = useTranslation();
  const { title, place } = describe(t, item);
  const rows: [string, ReactNode][] = [
    [t('history.when'), formatMoment(item.at, i18n.language)],
    ...useFacts(item),
    [t(isProved(item) ? 'history.proof' : 'history.state'), <WriteStatus key="status" item={item} />],
  ];
  return (
    <aside className="panel sticky top-6 flex min-w-0 flex-1 basis-[360px] flex-col gap-3 p-5">
      <div>
        <h2 className="text-lg [overflow-wrap:anywhere]">{title}</h2>
        <p className="text-ink-2 [overflow-wrap:anywhere]">{place}</p>
      </div>
      <dl className="grid grid-cols-[80px_minmax(0,1fr)] gap-y-0.5">
        {rows.map(([label, fact]) => (
          <div key={label} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="[overflow-wrap:anywhere]">{fact}</dd>
          </div>
        ))}
      </dl>
      <Changes item={item} />
      <UndoButton item={item} />
    </aside>
  );
}

/** It was asked what is served; of a channel nothing is. */
const isProved = (item: HistoryItem): boolean =>
  (item.about === 'provider' || item.about === 'batch') && item.phase === 'done' && item.served !== null;

function Changes({ item }: { item: HistoryItem }): ReactNode {
  if (item.about === 'batch') return <BatchWrites item={item} />;
  if (item.about === 'channels') return <ChannelBatch item={item} />;
  if (item.changes.length === 0) return null;
  return item.about === 'channel' ? (
    <ChannelRows changes={item.changes} />
  ) : (
    <PlanRows changes={item.changes} />
  );
}

/** What else there is to say of a write, by label. */
function useFacts(item: HistoryItem): [string, ReactNode][] {
  const { t, i18n } = useTranslation();
  if (item.about === 'channel') {
    const key = (
      <>
        {item.keyName} <span className="mono text-ink-3">{item.mask}</span>
      </>
    );
    return item.keyName ? [[t('channelImport.key'), key]] : [];
  }
  if (item.about === 'channels' || item.tookMs === null) return [];
  const format = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return [[t('history.took'), t('history.seconds', { seconds: format.format(item.tookMs / 1000) })]];
}
