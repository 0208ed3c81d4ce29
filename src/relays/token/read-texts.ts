import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { askData } from '../site/envelope';
import { gatherTexts } from '../gather-texts';
import { listTokens, type PageParam } from './list-tokens';
import { tokenText } from './token';

const keySchema = openObject({ key: v.string() });

/** Reads the texts of keys one by one, or from the list; no limit applies but that of all calls. */
export const readTexts = (
  http: Http,
  site: Site,
  params: readonly PageParam[],
  ids: readonly number[],
): Promise<Result<Map<number, string>>> =>
  gatherTexts(ids, {
    one: (id) => readText(http, site, id),
    all: async () => {
      const listed = await listTokens(http, site, params);
      return listed.ok
        ? ok(listed.value.items.map((token) => [token.id, tokenText(token)] as const))
        : listed;
    },
  });

/** The text of one key; undefined if the server shows a mask. */
export async function readText(http: Http, site: Site, id: number): Promise<Result<string | undefined>> {
  const reply = await askData(http, site, { path: `/api/token/${id}` });
  if (!reply.ok) return reply;
  const parsed = v.safeParse(keySchema, reply.value);
  if (!parsed.success) return fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
  return ok(tokenText(parsed.output));
}
