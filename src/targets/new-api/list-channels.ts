import type { Channel } from '../../core/channels/channel';
import { channelOf, rawChannelSchema, type RawChannel } from '../../core/channels/raw-channel';
import { ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { MAX_KEYS, type Page } from '../../relays/collect-pages';
import { collectCounted, FIRST_PAGE, pageSchemaOf, type PageNumbers } from '../../relays/site/counted-pages';
import { askShape } from '../../relays/site/envelope';
import { isOfOneHub } from './dialect';

export interface ChannelList {
  channels: Channel[];
  /** The server has more than are listed (5,000 are). */
  more: boolean;
}

const SIZE = 100;
const LIST = '/api/channel/';

const pageSchema = pageSchemaOf(rawChannelSchema);

/** All channels, each once, without keys. */
export async function listChannels(
  http: Http,
  site: Site,
  signal?: AbortSignal,
): Promise<Result<ChannelList>> {
  const all = await collectCounted(site, (numbers) => readPage(http, site, LIST, numbers, signal));
  if (!all.ok) return all;
  const rows = new Map(all.value.items.map((row) => [row.id, row]));
  let { more } = all.value;
  for (const tag of tagsThatHide(all.value.items)) {
    const tagged = await listTagged(http, site, tag, signal);
    // Not a tag's list: it cannot be asked for a tag with a slash in it. The list is not whole then.
    const unknown = !tagged.ok && tagged.failure.code === 'relay-not-found';
    if (!tagged.ok && !unknown) return tagged;
    more ||= !tagged.ok || tagged.value.more;
    for (const row of tagged.ok ? tagged.value.items : []) rows.set(row.id, row);
  }
  const channels = [...rows.values()].slice(0, MAX_KEYS).map(channelOf);
  return ok({ channels, more: more || channels.length < rows.size });
}

/** One Hub lists one channel for each tag, which stands for all channels of it (seen on a running server). */
const tagsThatHide = (rows: readonly RawChannel[]): Set<string> =>
  new Set(
    rows
      .filter(isOfOneHub)
      .map((row) => channelOf(row).tag)
      .filter(Boolean),
  );

/** All channels of a tag: whole and with keys at One Hub, in counted pages at some forks (their sources). */
const listTagged = (
  http: Http,
  site: Site,
  tag: string,
  signal: AbortSignal | undefined,
): Promise<Result<{ items: RawChannel[]; more: boolean }>> =>
  collectCounted(site, async (numbers) => {
    const path = `/api/channel_tag/${encodeURIComponent(tag)}/list`;
    const page = await readPage(http, site, path, numbers, signal);
    return page.ok ? ok({ ...page.value, total: page.value.total ?? page.value.items.length }) : page;
  });

/** The newest channels, on one page. */
export async function firstChannels(http: Http, site: Site): Promise<Result<Page<Channel>>> {
  const page = await readPage(http, site, LIST, FIRST_PAGE);
  return page.ok ? ok({ ...page.value, items: page.value.items.map(channelOf) }) : page;
}

/**
 * One Hub numbers pages by `page`. Without `id_sort` New API sorts by priority alone, so pages may repeat rows
 * (source of New API). A row may hold its key.
 */
function readPage(
  http: Http,
  site: Site,
  path: string,
  { p, page }: PageNumbers,
  signal?: AbortSignal,
): Promise<Result<Page<RawChannel>>> {
  const query = `p=${p}&page=${page}&page_size=${SIZE}&size=${SIZE}&id_sort=true`;
  return askShape(http, site, { path: `${path}?${query}`, signal }, pageSchema);
}
