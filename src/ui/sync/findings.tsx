import { CircleCheck } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { SyncRun } from '../../core/sync/run';
import { formatMoment } from '../format';
import { useRowsInSight } from '../parts/use-rows-in-sight';
import { SyncChannel } from './channel';
import type { Sync } from './use-sync';
import type { Skip } from './use-skip';

/** What a run found, channel by channel; those in order are only counted. */
export function SyncFindings({
  run,
  ...shared
}: {
  run: SyncRun;
  sync: Sync;
  skip: Skip;
  /** Opens the rules of one channel. */
  onRules(channelId: number): void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { items } = shared.sync;
  const ids = useMemo(() => items.map(({ synced }) => `${run.id} ${synced.channelId}`), [items, run.id]);
  const { ref, style, drawn } = useRowsInSight(ids, { size: 120 });
  return (
    <>
      <p className="mb-2 flex flex-wrap gap-x-2 text-xs text-ink-2" role="status">
        <span>{t('sync.sum', { time: formatMoment(run.at, i18n.language), count: run.total })}</span>
        <span>{t('sync.inOrder', { count: run.inOrder })}</span>
        {run.skipped > 0 && <span>{t('sync.skipped', { count: run.skipped })}</span>}
        {run.notTried > 0 && <span className="text-warn">{t('sync.notTried', { count: run.notTried })}</span>}
        {run.cancelled && <span className="text-warn">{t('sync.cancelled')}</span>}
      </p>
      {items.length === 0 && !run.failure && (
        <div className="panel flex items-center gap-2 p-4 text-ok">
          <CircleCheck size={16} aria-hidden />
          {t('sync.nothing')}
        </div>
      )}
      <div ref={ref} role="list" aria-label={t('sync.findings')} className="relative" style={style}>
        {drawn.map(({ index }) => {
          const item = items[index];
          return (
            <div
              key={ids[index]}
              data-index={index}
              role="listitem"
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className="pb-2"
            >
              {item && <SyncChannel item={item} {...shared} />}
            </div>
          );
        })}
      </div>
    </>
  );
}
