import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { askShape } from '../site/envelope';
import { gatherTexts } from '../gather-texts';
import { listTokens, type PageParam } from './list-tokens';
import { tokenText } from './token';

export const keySchema = openObject({ key: v.string() });

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
  const key = await askShape(http, site, { path: `/api/token/${id}` }, keySchema);
  return key.ok ? ok(tokenText(key.value)) : key;
}
