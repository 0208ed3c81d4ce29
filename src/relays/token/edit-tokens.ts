import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import { isMasked } from '../../core/mask';
import { fail, ok, type Result } from '../../core/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { askData } from '../site/envelope';
import { firstTokens, type PageParam } from './list-tokens';
import type { RemoteKey } from '../relay';
import { remoteKey, tokenSchema } from './token';

/**
 * Makes a key. Only One API answers with it; elsewhere it is the one of that name whose id is above all before, on the
 * first page, as lists are newest first. Two such keys (names need not be unique) are not told apart: undefined.
 */
export async function createToken(
  http: Http,
  site: Site,
  params: readonly PageParam[],
  body: Record<string, unknown>,
): Promise<Result<RemoteKey | undefined>> {
  const before = await firstTokens(http, site, params);
  if (!before.ok) return before;
  const made = await askData(http, site, { method: 'POST', path: '/api/token/', body });
  if (!made.ok) return made;
  const answered = v.safeParse(tokenSchema, made.value);
  if (answered.success) return ok(remoteKey(answered.output));
  const after = await firstTokens(http, site, params);
  // It is made all the same; the caller lists the account anew anyway.
  if (!after.ok) return ok(undefined);
  const last = Math.max(0, ...before.value.items.map(({ id }) => id));
  const [first, second] = after.value.items.filter(({ id, name }) => id > last && name === body['name']);
  return ok(first && !second ? remoteKey(first) : undefined);
}

const wholeSchema = openObject({ id: v.number(), key: v.string(), status: v.number() });
const statusSchema = openObject({ status: v.number() });
const STATUS = { on: 1, off: 2 } as const;

/**
 * `PUT /api/token/` replaces: what is left out is emptied, and the key is dead (seen on running servers). With
 * `status_only` all six servers that were run change the status alone; the whole object goes along for one that does
 * not know it. A server that masks keys knows it, and its mask must not come back as a key.
 */
export async function setTokenEnabled(
  http: Http,
  site: Site,
  id: number,
  enabled: boolean,
  send: 'id-and-status' | 'whole',
): Promise<Result<true>> {
  const status = enabled ? STATUS.on : STATUS.off;
  const body = send === 'whole' ? await wholeToken(http, site, id, status) : ok({ id, status });
  if (!body.ok) return body;
  const path = '/api/token/?status_only=true';
  const reply = await askData(http, site, { method: 'PUT', path, body: body.value });
  if (!reply.ok) return reply;
  const now = v.safeParse(statusSchema, reply.value);
  const unchanged = now.success && now.output.status !== status;
  return unchanged ? fail({ code: 'relay-shape', host: hostOf(site.siteUrl) }) : ok(true);
}

async function wholeToken(
  http: Http,
  site: Site,
  id: number,
  status: number,
): Promise<Result<Record<string, unknown>>> {
  const reply = await askData(http, site, { path: `/api/token/${id}` });
  if (!reply.ok) return reply;
  const token = v.safeParse(wholeSchema, reply.value);
  if (!token.success || token.output.id !== id)
    return fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
  return ok(isMasked(token.output.key) ? { id, status } : { ...token.output, status });
}

export async function deleteToken(http: Http, site: Site, id: number): Promise<Result<true>> {
  const reply = await askData(http, site, { method: 'DELETE', path: `/api/token/${id}` });
  return reply.ok ? ok(true) : reply;
}
