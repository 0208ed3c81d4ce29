import { useCallback, useEffect, useState } from 'react';
import type { Channel } from '../../core/channels/channel';
import type { ChannelResult, ChannelsView } from '../../core/channels/view';
import type { Failure } from '../../core/failures/failure';
import type { Result } from '../../core/failures/result';
import { usePage } from '../page-context';
import type { NewApiView } from '../../core/new-api/view';

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
export function useChannels({ id, granted, halted, hasToken }: NewApiView): Channels {
  const { ask: client } = usePage();
  const [view, setView] = useState<ChannelsView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [again, setAgain] = useState(false);
  const open = granted && halted === null && hasToken;
  const ask = useCallback(() => client('channels.list', { newApiId: id }), [client, id]);
  const take = useCallback((listed: Result<ChannelsView>) => {
    setFailure(listed.ok ? null : listed.failure);
    // A list that was read stays in sight when it could not be read anew.
    if (listed.ok) setView(listed.value);
  }, []);
  useEffect(() => {
    if (open) void ask().then(take);
  }, [open, ask, take]);
  return {
    view,
    failure,
    reading: again || (open && view === null && failure === null),
    async read() {
      setAgain(true);
      take(await ask());
      setAgain(false);
    },
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
