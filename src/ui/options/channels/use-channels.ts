import { useCallback, useEffect, useState } from 'react';
import type { Channel } from '../../../core/channel';
import type { ChannelResult, ChannelsView, NewApiView } from '../../../core/channel-view';
import type { Failure } from '../../../core/failure';
import { usePage } from '../../page-context';

export interface Channels {
  /** Null: not read. */
  view: ChannelsView | null;
  failure: Failure | null;
  reading: boolean;
  read(): Promise<void>;
  /** Takes in what became of some, so that a thousand need not be read again. */
  put(results: readonly ChannelResult[], gone?: boolean): void;
}

/** The channels of one New API, read when it may be asked, and again on demand. */
export function useChannels({ id, granted, halted }: NewApiView): Channels {
  const { ask } = usePage();
  const [view, setView] = useState<ChannelsView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [reading, setReading] = useState(false);
  const open = granted && halted === null;
  const read = useCallback(async () => {
    setReading(true);
    const listed = await ask('channels.list', { newApiId: id });
    setReading(false);
    setFailure(listed.ok ? null : listed.failure);
    // A list that was read stays in sight when it could not be read anew.
    if (listed.ok) setView(listed.value);
  }, [ask, id]);
  useEffect(() => {
    if (open) void read();
  }, [open, read]);
  return {
    view,
    failure,
    reading,
    read,
    put: (results, gone = false) =>
      setView((before) => before && { ...before, channels: merged(before.channels, results, gone) }),
  };
}

function merged(channels: Channel[], results: readonly ChannelResult[], gone: boolean): Channel[] {
  const done = new Map(
    results.flatMap((result) => (result.kind === 'done' ? [[result.channelId, result]] : [])),
  );
  return channels.flatMap((channel) => {
    const result = done.get(channel.id);
    if (!result) return [channel];
    return gone ? [] : [result.channel ?? channel];
  });
}
