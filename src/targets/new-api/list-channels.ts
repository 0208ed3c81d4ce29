import * as v from 'valibot';
import { channelOf, rawChannelSchema, type Channel } from '../../core/channels/channel';
import { ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import type { Page } from '../../relays/collect-pages';
import { collectCounted, FIRST_PAGE, pageSchemaOf, type PageNumbers } from '../../relays/site/counted-pages';
import { askShape } from '../../relays/site/envelope';

export interface ChannelList {
  channels: Channel[];
  /** The server has more than are listed (5,000 are). */
  more: boolean;
}

const SIZE = 100;

const pageSchema = pageSchemaOf(v.pipe(rawChannelSchema, v.transform(channelOf)));

/** All channels, each once, without keys. */
export async function listChannels(
  http: Http,
  site: Site,
  signal?: AbortSignal,
): Promise<Result<ChannelList>> {
  const all = await collectCounted(site, (numbers) => readPage(http, site, numbers, signal));
  return all.ok ? ok({ channels: all.value.items, more: all.value.more }) : all;
}

/** The newest channels, on one page. */
export const firstChannels = (http: Http, site: Site): Promise<Result<Page<Channel>>> =>
  readPage(http, site, FIRST_PAGE);

/**
 * One Hub numbers pages by `page`. Without `id_sort` New API sorts by priority alone, so pages may repeat rows
 * (source of New API).
 */
function readPage(
  http: Http,
  site: Site,
  { p, page }: PageNumbers,
  signal?: AbortSignal,
): Promise<Result<Page<Channel>>> {
  const query = `p=${p}&page=${page}&page_size=${SIZE}&size=${SIZE}&id_sort=true`;
  return askShape(http, site, { path: `/api/channel/?${query}`, signal }, pageSchema);
}
