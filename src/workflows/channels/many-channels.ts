import type { Channel, SeenChannel } from '../../core/channels/channel';
import type { ChannelResult } from '../../core/channels/view';
import type { Failure } from '../../core/failure';
import type { Result } from '../../core/result';
import { readChannel } from '../../targets/new-api/read-channel';
import { AT_ONCE } from './each-channel';
import { fewAtOnce } from '../few-at-once';
import { readAll, shownChannel } from './list-channels';
import type { NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';

const AT_A_TIME = 100;

interface Many {
  send(ids: readonly number[]): Promise<Result<unknown>>;
  /** Whether a channel, as it is listed afterwards (undefined: it is gone), is as it was to be. */
  done(channel: Channel | undefined): boolean;
  /** How many channels there were before. */
  count: number;
}

/**
 * One call for each hundred channels, and one look at the list, which alone says what became of each. Undefined: the server
 * does not know the call, and nothing was done.
 */
export async function manyAtOnce(
  ports: Pick<Ports, 'clock' | 'pages' | 'keepAlive'>,
  client: NewApiClient,
  channels: readonly SeenChannel[],
  signal: AbortSignal,
  many: Many,
): Promise<ChannelResult[] | undefined> {
  const started = ports.clock.now();
  const tried = new Map<number, Result<unknown>>();
  for (let at = 0, goOn = true; at < channels.length && !signal.aborted && goOn; at += AT_A_TIME) {
    const ids = channels.slice(at, at + AT_A_TIME).map(({ id }) => id);
    const sent = await many.send(ids);
    if (!sent.ok && sent.failure.code === 'relay-not-found' && at === 0) return undefined;
    for (const id of ids) tried.set(id, sent);
    goOn = sent.ok;
  }
  const left = await lookAfter(client, tried, many.count);
  const tookMs = ports.clock.now() - started;
  return channels.map(({ id, name }): ChannelResult => {
    const sent = tried.get(id);
    if (!sent) return { channelId: id, kind: 'not-tried' };
    const channel = left?.channels.get(id);
    const unread = !left || left.unread.has(id);
    if (!unread && many.done(channel))
      return { channelId: id, kind: 'done', channel: channel ? shownChannel(channel) : null, tookMs };
    if (!sent.ok) return { channelId: id, kind: 'failed', failure: sent.failure };
    const otherwise: Failure = channel
      ? { code: 'channel-not-saved', name: channel.name }
      : { code: 'channel-gone' };
    const failure: Failure = unread ? { code: 'channel-unread', name } : otherwise;
    return { channelId: id, kind: 'failed', failure };
  });
}

interface Left {
  channels: Map<number, Channel>;
  /** Nobody knows what became of these. */
  unread: Set<number>;
}

/**
 * The list afterwards. That one is missing there is no proof where its call was refused, or the list is not whole, or
 * empty although others were left alone: such a one is asked for by itself.
 */
async function lookAfter(
  client: NewApiClient,
  tried: ReadonlyMap<number, Result<unknown>>,
  count: number,
): Promise<Left | undefined> {
  const list = await readAll(client);
  if (!list.ok) return undefined;
  const channels = new Map(list.value.channels.map((channel) => [channel.id, channel]));
  const unread = new Set<number>();
  const doubtful = list.value.more || (channels.size === 0 && tried.size < count);
  const missing = [...tried].filter(([id, sent]) => !channels.has(id) && (doubtful || !sent.ok));
  await fewAtOnce(missing, AT_ONCE, async ([id]) => {
    const read = await client.call((http, site) => readChannel(http, site, id));
    if (read.ok) channels.set(id, read.value);
    else if (read.failure.code !== 'channel-gone') unread.add(id);
  });
  return { channels, unread };
}
