import type { Channel, SeenChannel } from '../../core/channels/channel';
import type { ChannelResult } from '../../core/channels/view';
import type { Failure } from '../../core/failure';
import { ok, type Result } from '../../core/result';
import { readChannel } from '../../targets/new-api/read-channel';
import { AT_ONCE } from './each-channel';
import { fewAtOnce } from '../few-at-once';
import { readAll, shownChannel } from './list-channels';
import type { NewApiClient } from '../new-api/new-api-client';

/** Channels as a page showed them, and the site that it showed them of. */
export interface Shown {
  siteUrl: string;
  channels: readonly SeenChannel[];
}

export interface StillThere {
  /** Those that are what the page showed. */
  same: SeenChannel[];
  /** How the others came out: nothing is sent for them. */
  others: ChannelResult[];
  /** How many channels the server has. */
  count: number;
}

/**
 * Which channels are still those that a page showed. Numbers of deleted channels may come again, and a New API may be
 * turned to another site: a bare number is not enough to switch or delete by.
 */
export async function stillThere(
  client: NewApiClient,
  { siteUrl, channels }: Shown,
): Promise<Result<StillThere>> {
  if (siteUrl !== client.newApi.siteUrl) {
    const others = channels.map(({ id, name }) => failedWith(id, { code: 'channel-changed', name }));
    return ok({ same: [], others, count: 0 });
  }
  const now = new Map<number, Channel>();
  const failures = new Map<number, Failure>();
  let unlisted = channels;
  let count = 1;
  if (channels.length > 1) {
    const list = await readAll(client);
    if (!list.ok) return list;
    for (const channel of list.value.channels) now.set(channel.id, channel);
    count = now.size;
    unlisted = list.value.more ? channels.filter(({ id }) => !now.has(id)) : [];
  }
  await fewAtOnce(unlisted, AT_ONCE, async ({ id }) => {
    const read = await client.call((http, site) => readChannel(http, site, id));
    if (read.ok) now.set(id, read.value);
    else failures.set(id, read.failure);
  });
  const same: SeenChannel[] = [];
  const others: ChannelResult[] = [];
  for (const seen of channels) {
    const { id, name } = seen;
    const channel = now.get(id);
    if (!channel) others.push(failedWith(id, failures.get(id) ?? { code: 'channel-gone' }));
    else if (isSame(shownChannel(channel), seen)) same.push(seen);
    else others.push(failedWith(id, { code: 'channel-changed', name }));
  }
  return ok({ same, others, count });
}

const isSame = (channel: Channel, { name, baseUrl }: SeenChannel): boolean =>
  channel.name === name && channel.baseUrl === baseUrl;

const failedWith = (channelId: number, failure: Failure): ChannelResult => ({
  channelId,
  kind: 'failed',
  failure,
});

/** The results of all, in the order of the page. */
export function inOrder({ channels }: Shown, results: readonly ChannelResult[]): ChannelResult[] {
  const byId = new Map(results.map((result) => [result.channelId, result]));
  return channels.map(({ id }) => byId.get(id) ?? { channelId: id, kind: 'not-tried' });
}
