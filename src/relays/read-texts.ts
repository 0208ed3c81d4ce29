import { z } from 'zod/mini';
import { hostOf } from '../core/base-url';
import { fail, ok, type Result } from '../core/result';
import type { Http } from '../ports/http';
import type { Site } from './ask';
import { askData } from './envelope';
import { listTokens, type PageParam } from './list-tokens';
import { tokenText } from './token';

/** Above this many single reads, reading the list costs less. */
const MOST_SINGLE = 5;

const keySchema = z.looseObject({ key: z.string() });

/** The text of one key as the server shows it; undefined if it shows a mask. */
export async function readText(http: Http, site: Site, id: number): Promise<Result<string | undefined>> {
  const reply = await askData(http, site, { path: `/api/token/${id}` });
  if (!reply.ok) return reply;
  const parsed = z.safeParse(keySchema, reply.value);
  if (!parsed.success) return fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
  return ok(tokenText(parsed.data));
}

/** The texts of keys of a server that shows them in full; no limit but that of all calls. Masked ones are left out. */
export async function readTexts(
  http: Http,
  site: Site,
  params: readonly PageParam[],
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  return ids.length > MOST_SINGLE ? readFromList(http, site, params, ids) : readEach(http, site, ids);
}

async function readEach(
  http: Http,
  site: Site,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  const found = new Map<number, string>();
  for (const id of ids) {
    const text = await readText(http, site, id);
    const gone = !text.ok && ids.length > 1 && text.failure.code === 'relay-refusal';
    if (!text.ok && !gone) return text;
    if (text.ok && text.value !== undefined) found.set(id, text.value);
  }
  return ok(found);
}

async function readFromList(
  http: Http,
  site: Site,
  params: readonly PageParam[],
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  const listed = await listTokens(http, site, params);
  if (!listed.ok) return listed;
  const wanted = new Set(ids);
  const found = new Map<number, string>();
  for (const token of listed.value.items) {
    const text = tokenText(token);
    if (wanted.has(token.id) && text !== undefined) found.set(token.id, text);
  }
  return ok(found);
}
