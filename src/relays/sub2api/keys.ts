import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import { isMasked } from '../../core/mask';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { collectPages } from '../collect-pages';
import { askSub2Api } from './envelope';

/** Sub2API silently cuts larger pages to 20 (0.1.1, fixture sub2api/keys). */
const PAGE_SIZE = 100;

/** Amounts are US dollars, times RFC 3339; quota and expiry came in 2026 (source of Sub2API). */
export const sub2apiKeySchema = openObject({
  id: v.number(),
  user_id: v.optional(v.number()),
  name: v.string(),
  key: v.string(),
  status: v.string(),
  quota: v.nullish(v.number()),
  quota_used: v.nullish(v.number()),
  expires_at: v.nullish(v.string()),
  group: v.nullish(openObject({ name: v.string(), platform: v.optional(v.string()) })),
});
export type Sub2ApiKey = v.InferOutput<typeof sub2apiKeySchema>;

const pageSchema = openObject({ items: v.nullable(v.array(sub2apiKeySchema)), total: v.number() });

export async function listSub2ApiKeys(
  http: Http,
  site: Site,
): Promise<Result<{ items: Sub2ApiKey[]; more: boolean }>> {
  return collectPages<Sub2ApiKey>(async (index) => {
    const path = `/api/v1/keys?page=${index + 1}&page_size=${PAGE_SIZE}`;
    const page = await askSub2Api(http, site, { path }, pageSchema);
    if (!page.ok) return page;
    const { items, total } = page.value;
    const hollow = index === 0 && !items?.length && total > 0;
    return hollow
      ? fail({ code: 'relay-shape', host: hostOf(site.siteUrl) })
      : ok({ items: items ?? [], total });
  });
}

export async function readSub2ApiKey(http: Http, site: Site, id: number): Promise<Result<Sub2ApiKey>> {
  const key = await askSub2Api(http, site, { path: `/api/v1/keys/${id}` }, sub2apiKeySchema);
  if (!key.ok || key.value.id === id) return key;
  return fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
}

/** A Sub2API key is used as it is: its `sk-` belongs to it, and some keys have none. */
export const wholeText = (key: string): string | undefined => (key === '' || isMasked(key) ? undefined : key);
