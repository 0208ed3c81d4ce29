import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { SyncRun } from '../../core/sync/run';
import { formatMoment } from '../format';
import { useWindowRows } from '../parts/use-window-rows';
import { SyncChannel } from './channel';
import type { Sync } from './use-sync';
import type { Skip } from './use-skip';

/** What a run found, channel by channel; those in order are only counted. */
export function SyncFindings({ run, sync, skip }: { run: SyncRun; sync: Sync; skip: Skip }): ReactNode {
  const { t, i18n } = useTranslation();
  const { items } = sync;
  const { body, height, rows, measure } = useWindowRows(
    items.map(({ synced }) => `${run.id} ${synced.channelId}`),
    120,
  );
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
      <div ref={body} role="list" aria-label={t('sync.findings')} className="relative" style={{ height }}>
        {rows.map(({ index, key, style }) => {
          const item = items[index];
          return (
            <div
              key={key}
              ref={measure}
              data-index={index}
              role="listitem"
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 pb-2"
              style={style}
            >
              {item && <SyncChannel item={item} sync={sync} skip={skip} />}
            </div>
          );
        })}
      </div>
    </>
  );
}
