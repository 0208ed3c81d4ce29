import { RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelsView } from '../../core/channels/view';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { Progress } from '../parts/progress';
import { ChannelSyncDialog } from './channel-dialog';
import { SyncFindings } from './findings';
import { SyncLog } from './run-log';
import { SyncSettingsForm } from './settings';
import type { Sync } from './use-sync';
import { useSkip } from './use-skip';
import type { NewApiView } from '../../core/new-api/view';

interface Props {
  newApi: NewApiView;
  view: ChannelsView;
  sync: Sync;
  selected: ReadonlySet<number>;
}

/** What upstreams have that channels have not, and the other way round: looked for, ticked, applied. */
export function SyncBoard(props: Props): ReactNode {
  const { t } = useTranslation();
  const { newApi, view, sync } = props;
  const skip = useSkip(newApi);
  const { ticked, busy, run } = sync;
  const [ruled, setRuled] = useState<number | null>(null);
  const mayWrite = newApi.rights?.write ?? true;
  return (
    <div className="flex flex-wrap items-start gap-6">
      <section aria-label={t('sync.findings')} className="min-w-0 flex-[3] basis-80">
        <Controls {...props} />
        {sync.failure && <FailureNote failure={sync.failure} />}
        {run?.failure && <FailureNote failure={run.failure} />}
        {!mayWrite && <Note tone="warn">{t('channels.noWrite', { host: newApi.host })}</Note>}
        {!run && busy === null && <p className="text-ink-2">{t('sync.help')}</p>}
        {run && <SyncFindings {...{ run, sync, skip }} onRules={setRuled} />}
        {ticked.changes > 0 && busy === null && (
          <div className="panel sticky bottom-4 z-[5] mt-3 flex flex-wrap items-center gap-3 border-accent-line px-4 py-3 shadow-pop">
            <span className="flex-1 text-ink-2">{t('sync.ticked', { count: ticked.channels })}</span>
            <Button look="primary" disabled={!mayWrite} onClick={() => void sync.apply()}>
              {t('sync.apply', { count: ticked.changes })}
            </Button>
          </div>
        )}
      </section>
      <aside aria-label={t('sync.settings')} className="flex min-w-0 flex-1 basis-72 flex-col gap-4">
        <SyncSettingsForm {...{ newApi, view, skip }} onRules={setRuled} />
        <SyncLog sync={sync} />
      </aside>
      {ruled !== null && (
        <ChannelSyncDialog
          newApi={newApi}
          channel={view.channels.find(({ id }) => id === ruled) ?? { id: ruled, name: `#${ruled}` }}
          onClose={() => setRuled(null)}
        />
      )}
    </div>
  );
}

/** Which channels are asked, the run, and its end. */
function Controls({ newApi, view, sync, selected }: Props): ReactNode {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<'all' | 'selected'>('selected');
  const scope = selected.size > 0 ? wanted : 'all';
  const all = Math.max(0, view.channels.length - newApi.sync.skip.length);
  const { busy, progress, ticked } = sync;
  if (busy && progress)
    return (
      <div className="panel mb-3 p-4">
        <Progress
          text={t(`sync.doing.${busy}`, { done: progress.done, count: progress.total })}
          progress={progress}
          onStop={sync.stop}
        />
      </div>
    );
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      {selected.size > 0 && (
        <fieldset className="flex flex-wrap gap-x-4">
          <legend className="sr-only">{t('sync.scope')}</legend>
          {(['selected', 'all'] as const).map((one) => (
            <label key={one} className="flex min-h-7 cursor-pointer items-center gap-2">
              <input type="radio" name="sync-scope" checked={scope === one} onChange={() => setWanted(one)} />
              {one === 'all' ? t('sync.all') : t('sync.selected', { count: selected.size })}
            </label>
          ))}
        </fieldset>
      )}
      <Button
        look={ticked.changes > 0 ? 'default' : 'primary'}
        disabled={scope === 'all' && all === 0}
        onClick={() =>
          void (scope === 'all' ? sync.look(null, all) : sync.look([...selected], selected.size))
        }
      >
        <RefreshCw size={14} aria-hidden />
        {t('sync.look', { count: scope === 'all' ? all : selected.size })}
      </Button>
    </div>
  );
}
