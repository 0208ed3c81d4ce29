import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { SyncRun } from '../../core/sync/run';
import { formatWhen } from '../format';
import { Status } from '../parts/status';
import type { Sync } from './use-sync';

/** The runs that are kept, newest first; each can be looked at again. */
export function SyncLog({ sync }: { sync: Sync }): ReactNode {
  const { t, i18n } = useTranslation();
  if (sync.runs.length === 0) return null;
  return (
    <section className="panel p-2" aria-label={t('sync.log')}>
      <h2 className="px-2 pb-1 pt-2 text-md">{t('sync.log')}</h2>
      <ol>
        {sync.runs.map((run) => {
          const here = run === sync.run;
          return (
            <li key={run.id}>
              <button
                type="button"
                aria-current={here ? 'true' : undefined}
                className={`flex w-full flex-col rounded-sm px-2 py-1.5 text-left ${here ? 'bg-accent-soft' : 'hover:bg-hover'}`}
                onClick={() => sync.show(run.id)}
              >
                <span>
                  {formatWhen(run.at, i18n.language)}{' '}
                  <span className="text-xs text-ink-3">{t(`sync.by.${run.by}`)}</span>
                </span>
                <Outcome run={run} />
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Outcome({ run: { failure, channels, cancelled, notTried = 0 } }: { run: SyncRun }): ReactNode {
  const { t } = useTranslation();
  const failed = channels.filter((channel) => channel.failure !== null).length;
  const changed = channels.length - failed;
  if (failure) return <Status tone="danger">{t('sync.unread')}</Status>;
  return (
    <Status tone={failed > 0 || notTried > 0 || cancelled ? 'warn' : changed > 0 ? 'none' : 'ok'}>
      {t('sync.outcome', { changed, failed })}
    </Status>
  );
}
