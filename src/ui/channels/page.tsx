import { RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { useHash } from '../use-window';
import { useSelection } from '../parts/use-selection';
import { Access } from '../new-api/doctor';
import { NoNewApis } from '../new-api/no-new-apis';
import { useNewApis } from '../new-api/use-new-apis';
import { PageHead } from '../parts/page-head';
import { SyncBoard } from '../sync/board';
import { useSync } from '../sync/use-sync';
import { ChannelBoard } from './board';
import { ALL_CHANNELS } from './filter';
import { useChannelWork } from './use-channel-work';
import { useChannels } from '../new-api/use-channels';
import type { NewApiView } from '../../core/new-api/view';

/** Channels of a New API, and what their upstreams have that they have not. `#/channels/<New API>/sync` opens the latter. */
export function ChannelsPage(): ReactNode {
  const { t } = useTranslation();
  const all = useNewApis();
  const [, id, tab] = useHash();
  const chosen = all?.find((newApi) => newApi.id === id) ?? all?.[0];
  return (
    <>
      <PageHead title={t('nav.channels')} lead={t('channels.lead')}>
        {all && chosen && all.length > 1 && <Choice all={all} chosen={chosen} tab={tab ?? ''} />}
      </PageHead>
      {all?.length === 0 && (
        <NoNewApis>
          <a className="btn primary no-underline" href="#/new-api">
            {t('newApi.add')}
          </a>
        </NoNewApis>
      )}
      {/* At another site everything is read anew. */}
      {chosen && <OfOne key={`${chosen.id} ${chosen.siteUrl}`} newApi={chosen} sync={tab === 'sync'} />}
    </>
  );
}

function Choice({ all, chosen, tab }: { all: NewApiView[]; chosen: NewApiView; tab: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <label className="field basis-56">
      <select
        aria-label={t('nav.new-api')}
        value={chosen.id}
        onChange={({ target }) => (location.hash = `#/channels/${target.value}/${tab}`)}
      >
        {all.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The tabs of one New API. What is selected holds for both, and a work goes on while the other tab is looked at. */
function OfOne({ newApi, sync }: { newApi: NewApiView; sync: boolean }): ReactNode {
  const { t } = useTranslation();
  const channels = useChannels(newApi);
  const selection = useSelection(channels.view?.channels ?? []);
  const work = useChannelWork(newApi, channels);
  const syncing = useSync(newApi, channels);
  const [filter, onFilter] = useState(ALL_CHANNELS);
  const { view, put, read } = channels;
  return (
    <>
      <p className="mb-2 flex flex-wrap items-baseline gap-x-2">
        <b className="text-md">{newApi.name}</b>
        <span className="mono text-xs text-ink-2">{newApi.host}</span>
      </p>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <nav aria-label={newApi.name} className="flex flex-1 gap-1">
          <Tab href={`#/channels/${newApi.id}`} on={!sync} name={t('channels.tab')} />
          <Tab href={`#/channels/${newApi.id}/sync`} on={sync} name={t('sync.tab')} />
        </nav>
        {view && (
          <Button small look="quiet" busy={channels.reading} onClick={() => void channels.read()}>
            <RefreshCw size={14} aria-hidden />
            {t('channels.refresh')}
          </Button>
        )}
      </div>
      <Access newApi={newApi} />
      {channels.failure && (
        <FailureNote failure={channels.failure}>
          <Button small onClick={() => void channels.read()}>
            {t('common.retry')}
          </Button>
        </FailureNote>
      )}
      {channels.reading && !view && (
        <Status tone="busy" live>
          {t('channels.reading')}
        </Status>
      )}
      {view &&
        (sync ? (
          <SyncBoard newApi={newApi} view={view} sync={syncing} selected={selection.ids} />
        ) : (
          <ChannelBoard {...{ newApi, view, put, read, work, selection, filter, onFilter }} />
        ))}
    </>
  );
}

function Tab({ href, on, name }: { href: string; on: boolean; name: string }): ReactNode {
  return (
    <a
      href={href}
      aria-current={on ? 'page' : undefined}
      className={`flex min-h-8 items-center rounded-sm px-2 font-medium no-underline ${on ? 'bg-accent-soft text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink'}`}
    >
      {name}
    </a>
  );
}
