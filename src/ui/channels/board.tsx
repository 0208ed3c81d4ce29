import { Waypoints } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Channel } from '../../core/channels/channel';
import { sayRights } from '../new-api/doctor';
import { NothingFound } from '../parts/list-controls';
import { Note } from '../parts/note';
import { EmptyState } from '../parts/page-head';
import { ChannelSyncDialog } from '../sync/channel-dialog';
import { useTranslation } from '../use-translation';
import { ChannelBar } from './bar';
import { BatchDialog } from './batch-dialog';
import { CopyDialog } from './copy-dialog';
import { ChannelDialog } from './dialog';
import { ALL_CHANNELS } from './filter';
import { BoardMenu } from './board-menu';
import { ChannelFilters } from './filters';
import { ChannelList } from './list';
import { useBoard, type Board, type BoardProps, type ChannelDialogs } from './use-board';
import { useRoving } from './use-roving';

/** All channels of a New API: narrowed, sorted, chosen, and changed one by one or together. */
export function ChannelBoard(props: BoardProps): ReactNode {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<ChannelDialogs | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const [many, setMany] = useState<readonly Channel[] | null>(null);
  const board = useBoard(props, {
    open: (kind, channel) => setOpened({ kind, channel }),
    editMany: setMany,
  });
  const { newApi, view, selection, filter, onFilter, shown, may } = board;
  const roving = useRoving(shown, selection, (channel) => may.write && board.open('edit', channel));
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
  if (view.channels.length === 0) return <NoChannels />;
  return (
    <section aria-label={t('channels.tab')} onKeyDown={onKeyDown}>
      {!(may.write && may.remove) && (
        <Note tone="warn" className="mb-3">
          {sayRights(t, newApi)}
        </Note>
      )}
      {view.more && <Note className="mb-3">{t('channels.more', { count: view.channels.length })}</Note>}
      <ChannelFilters
        channels={view.channels}
        filter={filter}
        onFilter={onFilter}
        count={board.count}
        search={search}
      >
        <BoardMenu board={board} />
      </ChannelFilters>
      {shown.length === 0 ? (
        <NothingFound
          title={t('channels.noMatch')}
          way={t('popup.showAll')}
          onWay={() => onFilter({ ...ALL_CHANNELS, sort: filter.sort, down: filter.down })}
        />
      ) : (
        <ChannelList board={board} roving={roving} />
      )}
      <ChannelBar board={board} />
      {many && (
        <BatchDialog
          newApi={newApi}
          site={view.site}
          channels={many}
          onApply={(change, changed) => void board.work.start('edit', changed, { change })}
          onClose={() => setMany(null)}
        />
      )}
      {opened && <OneChannel board={board} opened={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

function OneChannel({
  board: { newApi, view, put, read, work },
  opened: { kind, channel },
  onClose,
}: {
  board: Board;
  opened: ChannelDialogs;
  onClose(): void;
}): ReactNode {
  const { offerUndo } = work;
  switch (kind) {
    case 'edit':
      return <ChannelDialog {...{ newApi, channel, offerUndo, onClose }} site={view.site} onChanged={put} />;
    case 'copy':
      return <CopyDialog {...{ newApi, channel, read, offerUndo, onClose }} />;
    case 'sync':
      return <ChannelSyncDialog {...{ newApi, channel, onClose }} />;
  }
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
