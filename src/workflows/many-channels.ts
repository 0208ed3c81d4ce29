import type { Channel } from '../core/channel';
import type { ChannelResult } from '../core/channel-view';
import type { Failure } from '../core/failure';
import type { Result } from '../core/result';
import { readAll, shownChannel } from './list-channels';
import type { NewApiDoor } from './new-api-door';
import type { World } from './world';

const AT_A_TIME = 100;

interface Many {
  send(ids: readonly number[]): Promise<Result<unknown>>;
  /** Whether a channel, as it is listed afterwards (undefined: it is gone), is as it was to be. */
  done(channel: Channel | undefined): boolean;
}

/**
 * One call for each hundred channels, and one look at the list, which alone says what became of each. Undefined: the server
 * does not know the call, and nothing was done.
 */
export async function manyAtOnce(
  world: Pick<World, 'clock' | 'pulse'>,
  door: NewApiDoor,
  ids: readonly number[],
  signal: AbortSignal,
  many: Many,
): Promise<ChannelResult[] | undefined> {
  const started = world.clock.now();
  const tried = new Set<number>();
  let failure: Failure | undefined;
  for (let at = 0; at < ids.length && !signal.aborted && !failure; at += AT_A_TIME) {
    const some = ids.slice(at, at + AT_A_TIME);
    const sent = await many.send(some);
    if (!sent.ok && sent.failure.code === 'relay-not-found' && at === 0) return undefined;
    for (const id of some) tried.add(id);
    if (!sent.ok) ({ failure } = sent);
  }
  const list = await readAll(door);
  const channels = new Map(list.ok ? list.value.channels.map((channel) => [channel.id, channel]) : []);
  const unread = list.ok ? undefined : list.failure;
  const tookMs = world.clock.now() - started;
  return ids.map((id): ChannelResult => {
    const channel = channels.get(id);
    if (!tried.has(id)) return { channelId: id, kind: 'not-tried' };
    if (!unread && many.done(channel))
      return { channelId: id, kind: 'done', channel: channel ? shownChannel(channel) : null, tookMs };
    const name = channel?.name ?? '';
    const otherwise: Failure = channel ? { code: 'channel-not-saved', name } : { code: 'channel-gone' };
    return { channelId: id, kind: 'failed', failure: failure ?? unread ?? otherwise };
  });
}
