import type { Channel, SeenChannel } from '../../core/channels/channel';
import { endOf, stillSame, type Found, type SameChannel } from '../../core/channels/many';
import type { ChannelResult } from '../../core/channels/view';
import { fail, ok, type Result } from '../../core/failures/result';
import type { ChannelList } from '../../targets/new-api/list-channels';
import { readChannel } from '../../targets/new-api/read-channel';
import { fewAtOnce } from '../few-at-once';
import type { NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { AT_ONCE, eachChannel } from './each-channel';
import { readAll, shownChannel } from './list-channels';

/** Channels as a page showed them, and the site that it showed them of. */
export interface Shown {
  siteUrl: string;
  channels: readonly SeenChannel[];
}

export interface StillThere {
  shown: readonly SeenChannel[];
  /** Those that are what the page showed. */
  same: SameChannel[];
  /** How the others came out: nothing is sent for them. */
  others: ChannelResult[];
  /** The number of channels at the server. */
  count: number;
}

/** Looks which channels are still those that a page showed: none of them if the New API was turned to another site. */
export async function stillThere(
  client: NewApiClient,
  { siteUrl, channels: shown }: Shown,
): Promise<Result<StillThere>> {
  if (siteUrl !== client.newApi.siteUrl) {
    const changed = shown.map(
      ({ id, name }) => [id, fail({ code: 'channel-changed' as const, name })] as const,
    );
    return ok({ shown, ...stillSame(shown, new Map(changed)), count: 0 });
  }
  const list = shown.length > 1 ? await readAll(client) : ok({ channels: [], more: true });
  if (!list.ok) return list;
  const found = await lookUp(client, list.value, list.value.more ? shown.map(({ id }) => id) : []);
  return ok({ shown, ...stillSame(shown, found), count: list.value.channels.length });
}

/** What a list says of channels; those of `open` that are missing in it are asked for one by one. */
async function lookUp(
  client: NewApiClient,
  { channels }: ChannelList,
  open: readonly number[],
): Promise<Map<number, Found>> {
  const found = new Map<number, Found>(channels.map((channel) => [channel.id, ok(shownChannel(channel))]));
  const missing = open.filter((id) => !found.has(id));
  await fewAtOnce(missing, AT_ONCE, async (id) => {
    const read = await client.call((http, site) => readChannel(http, site, id));
    found.set(id, read.ok ? ok(shownChannel(read.value)) : read);
  });
  return found;
}

interface Change {
  /** One call for many channels; false where the server has none. */
  sendMany: false | ((ids: readonly number[]) => Promise<Result<unknown>>);
  sendOne(channel: SeenChannel): Promise<Result<Channel | null>>;
  /** Whether a channel, as it is afterwards (undefined: it is gone), is as it was to be. */
  done(channel: Channel | undefined): boolean;
}

/** Changes the channels that are still there, with one call for many if possible; one result each, in the page's order. */
export async function changeThere(
  ports: Pick<Ports, 'clock' | 'pages'>,
  client: NewApiClient,
  there: StillThere,
  signal: AbortSignal,
  change: Change,
): Promise<ChannelResult[]> {
  const { shown, same, others } = there;
  const together = same.length > 1 ? await manyAtOnce(ports, client, there, signal, change) : undefined;
  const byId = new Map(same.map((channel) => [channel.id, channel]));
  const results = together ?? (await eachChannel(ports, byId, { signal }, change.sendOne));
  const all = new Map([...others, ...results].map((result) => [result.channelId, result]));
  return shown.map(({ id }) => all.get(id) ?? { channelId: id, kind: 'not-tried' });
}

const AT_A_TIME = 100;

/**
 * One call for each hundred channels, and one look at the list, which alone says what became of each. Undefined: the server
 * does not know the call, and nothing was done.
 */
async function manyAtOnce(
  { clock }: Pick<Ports, 'clock'>,
  client: NewApiClient,
  { same, count }: StillThere,
  signal: AbortSignal,
  { sendMany, done }: Change,
): Promise<ChannelResult[] | undefined> {
  if (!sendMany) return undefined;
  const started = clock.now();
  const tried = new Map<number, Result<unknown>>();
  for (let at = 0, goOn = true; at < same.length && !signal.aborted && goOn; at += AT_A_TIME) {
    const ids = same.slice(at, at + AT_A_TIME).map(({ id }) => id);
    const sent = await sendMany(ids);
    if (!sent.ok && sent.failure.code === 'relay-not-found' && at === 0) return undefined;
    for (const id of ids) tried.set(id, sent);
    goOn = sent.ok;
  }
  const list = await readAll(client);
  const found = list.ok ? await lookAfter(client, list.value, tried, count) : null;
  const tookMs = clock.now() - started;
  return same.map((channel) =>
    endOf(channel, tried.get(channel.id), list.ok ? found?.get(channel.id) : list, { done, tookMs }),
  );
}

/**
 * That a channel is missing in the list afterwards is no proof where its call was refused, or the list is not whole, or
 * empty although others were left alone: such a channel is asked for by itself.
 */
function lookAfter(
  client: NewApiClient,
  list: ChannelList,
  tried: ReadonlyMap<number, Result<unknown>>,
  count: number,
): Promise<Map<number, Found>> {
  const doubtful = list.more || (list.channels.length === 0 && tried.size < count);
  const open = [...tried].filter(([, sent]) => doubtful || !sent.ok);
  return lookUp(
    client,
    list,
    open.map(([id]) => id),
  );
}
