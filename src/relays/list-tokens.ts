import * as v from 'valibot';
import { openObject } from '../core/shapes';
import { hostOf } from '../core/base-url';
import { fail, ok, type Result } from '../core/result';
import type { Http } from '../ports/http';
import type { Site } from './ask';
import { collectPages, type Page } from './collect-pages';
import { askData } from './envelope';
import { tokenSchema, type Token } from './token';

/** What a server counts its pages with; one that it does not know it ignores. */
export type PageParam = 'p' | 'page';

/** One Hub refuses larger pages, New API cuts them to this, One API gives 10 whatever is asked. */
const PAGE_SIZE = 100;

const tokens = v.nullable(v.array(tokenSchema));

/** A list, `{items, total}` or `{data, total_count}`, by generation (seen on running servers). */
const pageSchema = v.union([
  v.array(tokenSchema),
  openObject({ items: tokens, total: v.number() }),
  openObject({ data: tokens, total_count: v.number() }),
]);

function pageOf(found: v.InferOutput<typeof pageSchema>): Page<Token> {
  if (Array.isArray(found)) return { items: found, total: undefined };
  const items = 'items' in found ? (found.items as Token[] | null) : found.data;
  return { items: items ?? [], total: Number('total' in found ? found.total : found.total_count) };
}

/** All keys that the server lists, newest first, also other users' should it list them. */
export async function listTokens(
  http: Http,
  site: Site,
  params: readonly PageParam[],
  signal?: AbortSignal,
): Promise<Result<{ items: Token[]; more: boolean }>> {
  let counted = true;
  return collectPages<Token>(async (index) => {
    const page = await readTokens(http, site, pageQuery(params, index, counted), signal);
    if (!page.ok) return page;
    const { items, total } = page.value;
    // Keys are counted and not shown: that is no empty list.
    if (index === 0 && items.length === 0 && total)
      return fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
    counted = total !== undefined;
    return page;
  });
}

/** The newest keys. */
export const firstTokens = (
  http: Http,
  site: Site,
  params: readonly PageParam[],
): Promise<Result<Page<Token>>> => readTokens(http, site, pageQuery(params, 0, true));

/**
 * `p=0` is the first page everywhere. What comes tells what is next: a bare list counts from 0, so `p=1` is its second
 * page; a counted one from 1. `page` counts from 1 (seen on running servers).
 */
function pageQuery(params: readonly PageParam[], index: number, counted: boolean): string {
  const numbers = { p: counted && index > 0 ? index + 1 : index, page: index + 1 };
  return [...params.map((name) => `${name}=${numbers[name]}`), `size=${PAGE_SIZE}`].join('&');
}

async function readTokens(
  http: Http,
  site: Site,
  query: string,
  signal?: AbortSignal,
): Promise<Result<Page<Token>>> {
  const reply = await askData(http, site, { path: `/api/token/?${query}`, signal });
  if (!reply.ok) return reply;
  const parsed = v.safeParse(pageSchema, reply.value);
  return parsed.success
    ? ok(pageOf(parsed.output))
    : fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
}
