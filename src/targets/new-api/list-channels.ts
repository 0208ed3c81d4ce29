import * as v from 'valibot';
import { hostOf } from '../../core/base-url';
import { channelOf, rawChannelSchema, type Channel } from '../../core/channel';
import { fail, ok, type Result } from '../../core/result';
import { openObject } from '../../core/shapes';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { collectPages, type Page } from '../../relays/collect-pages';
import { askData } from '../../relays/envelope';

export interface ChannelList {
  channels: Channel[];
  /** The server has more than are listed (5,000 are). */
  more: boolean;
}

const SIZE = 100;
const rows = v.nullable(v.array(rawChannelSchema));

/** A bare list, `{items, total}` or `{data, total_count}`, by generation (seen on running servers). */
const pageSchema = v.union([
  v.array(rawChannelSchema),
  openObject({ items: rows, total: v.number() }),
  openObject({ data: rows, total_count: v.number() }),
]);

function pageOf(found: v.InferOutput<typeof pageSchema>): Page<Channel> {
  if (Array.isArray(found)) return { items: found.map(channelOf), total: undefined };
  const items = ('items' in found ? found.items : found.data) as v.InferOutput<typeof rows>;
  const total = Number('total' in found ? found.total : found.total_count);
  return { items: (items ?? []).map(channelOf), total };
}

/** All channels, each once, without keys. */
export async function listChannels(
  http: Http,
  site: Site,
  signal?: AbortSignal,
): Promise<Result<ChannelList>> {
  let counted = true;
  const all = await collectPages<Channel>(async (index) => {
    const page = await readPage(http, site, index, counted, signal);
    if (!page.ok) return page;
    const { items, total } = page.value;
    // Channels are counted and not shown: that is no empty list, on which a second one would be made.
    if (index === 0 && items.length === 0 && total)
      return fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
    counted = total !== undefined;
    return page;
  });
  return all.ok ? ok({ channels: all.value.items, more: all.value.more }) : all;
}

/** The newest channels, on one page. */
export const firstChannels = (http: Http, site: Site): Promise<Result<Page<Channel>>> =>
  readPage(http, site, 0, true);

/**
 * `p=0` is the first page everywhere, and what comes tells what is next: a bare list counts from 0, a counted one from 1.
 * One Hub counts `page`. Without `id_sort` New API orders by priority alone, so that pages may repeat (seen on running
 * servers).
 */
async function readPage(
  http: Http,
  site: Site,
  index: number,
  counted: boolean,
  signal?: AbortSignal,
): Promise<Result<Page<Channel>>> {
  const p = counted && index > 0 ? index + 1 : index;
  const query = `p=${p}&page=${index + 1}&page_size=${SIZE}&size=${SIZE}&id_sort=true`;
  const reply = await askData(http, site, { path: `/api/channel/?${query}`, signal });
  if (!reply.ok) return reply;
  const parsed = v.safeParse(pageSchema, reply.value);
  return parsed.success
    ? ok(pageOf(parsed.output))
    : fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
}
