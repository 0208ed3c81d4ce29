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
  read: Channels['read'];
  work: ChannelWork;
  selection: Selection<number>;
  filter: ChannelFilter;
  onFilter(filter: ChannelFilter): void;
}

/** What cannot be undone, or costs: it is asked about, with its channels. `delete-off`: all that are off. */
export type ChannelQuestion =
  | { kind: 'delete' | 'delete-off' | 'test'; channels: readonly Channel[] }
  /** What is to become of all channels of a tag. */
  | { kind: 'tag'; tag: string };

/** A dialog about one channel. */
export interface ChannelDialogs {
  kind: 'edit' | 'copy' | 'sync';
  channel: Channel;
}

/** What the parts of the board share. */
export interface Board extends BoardProps, FilteredChannels {
  /** What the account may do; before a check nothing is held back, and the server has the last word. */
  may: { write: boolean; remove: boolean };
  /** Opens a dialog about one channel. */
  open(kind: ChannelDialogs['kind'], channel: Channel): void;
  /** Opens the dialog that changes many alike. */
  editMany(channels: readonly Channel[]): void;
  /** What the user is asked about before it is done; null: nothing. */
  question: ChannelQuestion | null;
  askAbout(question: ChannelQuestion): void;
  /** Ends the question; `back`: the focus goes back to what asked it. */
  endQuestion(back: boolean): void;
}

/** What the parts of the board show and do, from what the page keeps for it. */
export function useBoard(props: BoardProps, { open, editMany }: Pick<Board, 'open' | 'editMany'>): Board {
  const [question, setQuestion] = useState<ChannelQuestion | null>(null);
  const asked = useRef<HTMLElement>(null);
  const { rights } = props.newApi;
  return {
    ...props,
    ...filterChannels(props.view.channels, props.filter),
    may: { write: rights?.write ?? true, remove: rights?.sensitive ?? true },
    open,
    editMany,
    question,
    askAbout(next) {
      asked.current = document.activeElement as HTMLElement | null;
      setQuestion(next);
    },
    endQuestion(back) {
      setQuestion(null);
      if (back) asked.current?.focus();
    },
  };
}
