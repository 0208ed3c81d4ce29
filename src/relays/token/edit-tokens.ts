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
 * Creates a key. Only One API answers with it (v0.6.11, fixture one-api/keys-create-edit-delete). Elsewhere the new
 * key is the one of that name on the first page whose id is higher than all before, since lists begin with the
 * newest. Names need not be unique: if two fit, the result is undefined.
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
  // The key exists all the same, and the caller lists the account anew.
  if (!after.ok) return ok(undefined);
  const last = Math.max(0, ...before.value.items.map(({ id }) => id));
  const [first, second] = after.value.items.filter(({ id, name }) => id > last && name === body['name']);
  return ok(first && !second ? remoteKey(first) : undefined);
}

const wholeSchema = openObject({ id: v.number(), key: v.string(), status: v.number() });
const statusSchema = openObject({ status: v.number() });
const STATUS = { on: 1, off: 2 } as const;

/**
 * Switches a key on or off. `PUT /api/token/` replaces the key: omitted fields are emptied, which makes it expire.
 * With `status_only` every recorded server changes the status alone (fixtures <server>/keys-create-edit-delete of New API,
 * One API, One Hub and Veloera); a fork that does not know `status_only` gets the whole key. A server that masks keys
 * does know it, and must not get its mask back as a key.
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
