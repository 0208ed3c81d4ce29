import { useRef, useState } from 'react';
import type { Channel } from '../../core/channels/channel';
import type { ChannelsView } from '../../core/channels/view';
import type { NewApiView } from '../../core/new-api/view';
import type { Channels } from '../new-api/use-channels';
import type { Selection } from '../parts/use-selection';
import { filterChannels, type ChannelFilter, type FilteredChannels } from './filter';
import type { ChannelWork } from './use-channel-work';

export interface BoardProps {
  newApi: NewApiView;
  view: ChannelsView;
  put: Channels['put'];
  work: ChannelWork;
  selection: Selection<number>;
  filter: ChannelFilter;
  onFilter(filter: ChannelFilter): void;
}

/** What the parts of the board share. */
export interface Board extends BoardProps, FilteredChannels {
  /** What the account may do; before a check nothing is held back, and the server has the last word. */
  may: { write: boolean; remove: boolean };
  /** Opens the dialog of a channel. */
  edit(channel: Channel): void;
  /** Channels that the user is asked about before they are deleted. */
  toDelete: readonly Channel[];
  askToDelete(channels: Channel[]): void;
  /** Ends the question; `back`: the focus goes back to what asked it. */
  endDelete(back: boolean): void;
}

/** What the parts of the board show and do, from what the page keeps for it. */
export function useBoard(props: BoardProps, edit: Board['edit']): Board {
  const [toDelete, setToDelete] = useState<Channel[]>([]);
  const asked = useRef<HTMLElement>(null);
  const { rights } = props.newApi;
  return {
    ...props,
    ...filterChannels(props.view.channels, props.filter),
    may: { write: rights?.write ?? true, remove: rights?.sensitive ?? true },
    edit,
    toDelete,
    askToDelete(channels) {
      asked.current = document.activeElement as HTMLElement | null;
      setToDelete(channels);
    },
    endDelete(back) {
      setToDelete([]);
      if (back) asked.current?.focus();
    },
  };
}
