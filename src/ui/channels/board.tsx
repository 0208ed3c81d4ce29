import { Waypoints } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Channel } from '../../core/channels/channel';
import type { ChannelsView } from '../../core/channels/view';
import { NothingFound } from '../parts/list-controls';
import { Note } from '../parts/note';
import type { Selection } from '../parts/use-selection';
import { EmptyState } from '../parts/page-head';
import { sayRights } from '../new-api/say-rights';
import { ChannelBar } from './bar';
import { ChannelDialog } from './dialog';
import { ALL_CHANNELS, filterChannels, type ChannelFilter } from './filter';
import { ChannelFilters } from './filters';
import { ChannelList } from './list';
import type { May } from './row-buttons';
import type { Channels } from '../new-api/use-channels';
import { useRoving } from './use-roving';
import type { ChannelWork } from './use-channel-work';
import type { NewApiView } from '../../core/new-api/view';

const NONE: ReadonlySet<number> = new Set();

/** All channels of a New API: narrowed, sorted, chosen, and changed one by one or together. */
export function ChannelBoard({
  newApi,
  view,
  onChanged,
  work,
  selection,
  filter,
  onFilter,
}: {
  newApi: NewApiView;
  view: ChannelsView;
  onChanged: Channels['put'];
  work: ChannelWork;
  selection: Selection<number>;
  filter: ChannelFilter;
  onFilter(filter: ChannelFilter): void;
}): ReactNode {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Channel | null>(null);
  const { doomed, doom, spare } = useDeleteConfirm();
  const search = useRef<HTMLInputElement>(null);
  const { channels } = view;
  const { shown, count } = filterChannels(channels, filter);
  const { rights } = newApi;
  const may: May = { write: rights?.write ?? true, remove: rights?.sensitive ?? true };
  const roving = useRoving(shown, selection, (channel) => may.write && setEdited(channel));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test((event.target as HTMLElement).tagName);
    if (event.key === '/' && !typing) {
      event.preventDefault();
      search.current?.focus();
    } else if (event.key === 'Escape' && event.target === search.current && filter.text) {
      event.preventDefault();
      onFilter({ ...filter, text: '' });
    } else roving.onKeyDown(event);
  };
  if (channels.length === 0) return <NoChannels />;
  return (
    <section aria-label={t('channels.tab')} onKeyDown={onKeyDown}>
      {!(may.write && may.remove) && (
        <Note tone="warn" className="mb-3">
          {sayRights(t, newApi)}
        </Note>
      )}
      {view.more && <Note className="mb-3">{t('channels.more', { count: channels.length })}</Note>}
      <ChannelFilters channels={channels} filter={filter} onFilter={onFilter} count={count} search={search} />
      {shown.length === 0 ? (
        <NoMatch onAll={() => onFilter({ ...ALL_CHANNELS, sort: filter.sort, down: filter.down })} />
      ) : (
        <ChannelList
          shown={shown}
          view={view}
          filter={filter}
          onFilter={onFilter}
          selection={selection}
          roving={roving}
          actions={{
            may,
            under: work.running?.ids ?? NONE,
            edit: setEdited,
            remove: (channel) => doom([channel]),
            start: (kind, channel) => void work.start(kind, [channel]),
          }}
        />
      )}
      <ChannelBar
        newApi={newApi}
        channels={channels}
        shown={shown}
        selection={selection}
        work={work}
        may={may}
        doomed={doomed}
        onDoom={doom}
        onSpare={spare}
      />
      {edited && (
        <ChannelDialog
          newApi={newApi}
          channel={edited}
          onChanged={onChanged}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

function NoChannels(): ReactNode {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<Waypoints size={20} aria-hidden />}
      title={t('channels.none')}
      text={t('channels.noneHelp')}
    >
      <a className="btn no-underline" href="#/keys">
        {t('nav.keys')}
      </a>
    </EmptyState>
  );
}

function NoMatch({ onAll }: { onAll(): void }): ReactNode {
  const { t } = useTranslation();
  return <NothingFound title={t('channels.noMatch')} way={t('popup.showAll')} onWay={onAll} />;
}

/** Channels that the question before a deletion is about; the focus goes back to what asked for it. */
function useDeleteConfirm(): { doomed: Channel[]; doom(channels: Channel[]): void; spare(): void } {
  const [doomed, setDoomed] = useState<Channel[]>([]);
  const asked = useRef<HTMLElement>(null);
  return {
    doomed,
    doom(some) {
      asked.current = document.activeElement as HTMLElement | null;
      setDoomed(some);
    },
    spare() {
      setDoomed([]);
      asked.current?.focus();
    },
  };
}
