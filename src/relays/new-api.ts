import { z } from 'zod/mini';
import { hostOf } from '../core/base-url';
import type { Failure } from '../core/failure';
import { safeText } from '../core/mask';
import { DEFAULT_UNIT, type QuotaUnit } from '../core/quota';
import { fail, ok, type Result } from '../core/result';
import type { Http } from '../ports/http';
import type { AccountReading, Credentials, Relay, RemoteKey } from './relay';
import { classifyRelay, noRelayReply, relayJson, relayMessage } from './relay-reply';

const TIMEOUT_MS = 10_000;
/** Larger pages are cut to this by the server (relays/verified.md section 3). */
const PAGE_SIZE = 100;
/** More keys than this are not listed: a server that never ends its list must not fill the memory. */
const MOST_KEYS = 5_000;
/** The server's own limit for one batch. */
const BATCH = 100;

/** New API, current generation: access token, masked keys, `{items, total}` pages counted from 1. */
export const newApi: Relay = {
  optionalPrefix: 'sk-',

  async readAccount(http, credentials, signal) {
    const host = hostOf(credentials.siteUrl);
    const status = await call(http, credentials, { path: '/api/status', open: true, signal });
    if (!status.ok) return notNewApi(status.failure, host);
    const site = z.safeParse(statusSchema, status.value);
    if (!site.success) return fail({ code: 'not-new-api', host });
    const self = await call(http, credentials, { path: '/api/user/self', signal });
    if (!self.ok) return self;
    const user = z.safeParse(selfSchema, self.value);
    if (!user.success) return fail({ code: 'relay-shape', host });
    if (credentials.userId && String(user.data.id) !== credentials.userId.trim())
      return fail({ code: 'user-id-refused', host });
    const keys = await listKeys(http, credentials, user.data.id, signal);
    if (!keys.ok) return keys;
    return ok({
      systemName: site.data.system_name ?? '',
      unit: unitOf(site.data),
      balance: user.data.quota,
      keys: keys.value,
    } satisfies AccountReading);
  },

  async reveal(http, credentials, remoteIds) {
    const found = new Map<number, string>();
    for (let at = 0; at < remoteIds.length; at += BATCH) {
      const ids = remoteIds.slice(at, at + BATCH);
      const revealed =
        ids.length === 1
          ? await revealOne(http, credentials, ids[0]!)
          : await revealMany(http, credentials, ids);
      if (!revealed.ok) return revealed;
      for (const [id, key] of revealed.value) found.set(id, key);
    }
    return ok(found);
  },
};

const statusSchema = z.looseObject({
  system_name: z.optional(z.string()),
  quota_per_unit: z.optional(z.number()),
  display_in_currency: z.optional(z.boolean()),
  quota_display_type: z.optional(z.string()),
  usd_exchange_rate: z.optional(z.number()),
  custom_currency_symbol: z.optional(z.string()),
  custom_currency_exchange_rate: z.optional(z.number()),
});

const selfSchema = z.looseObject({ id: z.number(), quota: z.number() });

const tokenSchema = z.looseObject({
  id: z.number(),
  user_id: z.optional(z.number()),
  name: z.string(),
  key: z.string(),
  status: z.number(),
  expired_time: z.number(),
  remain_quota: z.number(),
  used_quota: z.optional(z.number()),
  unlimited_quota: z.boolean(),
  group: z.nullish(z.string()),
});

const pageSchema = z.looseObject({ items: z.nullable(z.array(tokenSchema)), total: z.number() });
const oneKeySchema = z.looseObject({ key: z.string() });
const manyKeysSchema = z.looseObject({ keys: z.record(z.string(), z.string()) });
const envelopeSchema = z.looseObject({
  success: z.boolean(),
  message: z.optional(z.string()),
  data: z.optional(z.unknown()),
});

/** Amounts as the site itself shows them (`quota_display_type`, since 2025; before it `display_in_currency`). */
function unitOf(site: z.infer<typeof statusSchema>): QuotaUnit {
  const unit = { ...DEFAULT_UNIT, perUnit: site.quota_per_unit || DEFAULT_UNIT.perUnit };
  switch (site.quota_display_type) {
    case 'CNY':
      return { ...unit, symbol: '¥', rate: site.usd_exchange_rate || 1 };
    case 'CUSTOM':
      return {
        ...unit,
        symbol: site.custom_currency_symbol || '¤',
        rate: site.custom_currency_exchange_rate || 1,
      };
    case 'TOKENS':
      return { ...unit, kind: 'points' };
    case undefined:
      return site.display_in_currency === false ? { ...unit, kind: 'points' } : unit;
    default:
      return unit;
  }
}

/** All pages. Keys of other users are left out, each id is taken once, a page that brings nothing new ends it. */
async function listKeys(
  http: Http,
  credentials: Credentials,
  userId: number,
  signal: AbortSignal | undefined,
): Promise<Result<RemoteKey[]>> {
  const host = hostOf(credentials.siteUrl);
  const keys = new Map<number, RemoteKey>();
  for (let page = 1; keys.size < MOST_KEYS; page++) {
    const reply = await call(http, credentials, { path: `/api/token/?p=${page}&size=${PAGE_SIZE}`, signal });
    if (!reply.ok) return reply;
    const parsed = z.safeParse(pageSchema, reply.value);
    if (!parsed.success) return fail({ code: 'relay-shape', host });
    const before = keys.size;
    const items = parsed.data.items ?? [];
    for (const token of items) {
      if (token.user_id === undefined || token.user_id === userId) keys.set(token.id, remoteKey(token));
    }
    const seenAll = page * PAGE_SIZE >= parsed.data.total || items.length === 0;
    if (seenAll || keys.size === before) break;
  }
  return ok([...keys.values()]);
}

const remoteKey = (token: z.infer<typeof tokenSchema>): RemoteKey => ({
  remoteId: token.id,
  name: token.name,
  mask: token.key,
  group: token.group ?? '',
  status: token.status,
  expiredTime: token.expired_time,
  remainQuota: token.remain_quota,
  usedQuota: token.used_quota ?? 0,
  unlimitedQuota: token.unlimited_quota,
});

async function revealOne(
  http: Http,
  credentials: Credentials,
  id: number,
): Promise<Result<Map<number, string>>> {
  const reply = await call(http, credentials, { method: 'POST', path: `/api/token/${id}/key` });
  if (!reply.ok) return reply;
  const parsed = z.safeParse(oneKeySchema, reply.value);
  if (!parsed.success) return fail({ code: 'relay-shape', host: hostOf(credentials.siteUrl) });
  return ok(new Map([[id, withPrefix(parsed.data.key)]]));
}

/** One request for up to 100 keys costs the user's sign-in budget as much as one for a single key. */
async function revealMany(
  http: Http,
  credentials: Credentials,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  const reply = await call(http, credentials, {
    method: 'POST',
    path: '/api/token/batch/keys',
    body: { ids },
  });
  if (!reply.ok) return reply;
  const parsed = z.safeParse(manyKeysSchema, reply.value);
  if (!parsed.success) return fail({ code: 'relay-shape', host: hostOf(credentials.siteUrl) });
  return ok(new Map(Object.entries(parsed.data.keys).map(([id, key]) => [Number(id), withPrefix(key)])));
}

/** Keys come without `sk-`; clients use them with it, once. */
const withPrefix = (key: string): string => (key.startsWith('sk-') ? key : `sk-${key}`);

interface Call {
  method?: 'GET' | 'POST';
  path: string;
  body?: unknown;
  /** Public: sent without the access token. */
  open?: boolean;
  signal?: AbortSignal | undefined;
}

/** The `data` of an envelope. 200 with `success: false` is a failure like any other (relays/verified.md section 0.9). */
async function call(http: Http, credentials: Credentials, request: Call): Promise<Result<unknown>> {
  const host = hostOf(credentials.siteUrl);
  const reply = await http.send({
    method: request.method ?? 'GET',
    url: credentials.siteUrl.replace(/\/+$/, '') + request.path,
    headers: {
      Accept: 'application/json',
      ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
      ...(!request.open && authorization(credentials)),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    timeoutMs: TIMEOUT_MS,
    ...(request.signal && { signal: request.signal }),
  });
  if (!reply.ok) return fail(noRelayReply(reply.failure));
  const { status, text } = reply.value;
  const secrets = [credentials.accessToken];
  if (status === 401) return fail(signInFailure(text, host));
  const refused = classifyRelay(
    { status, text, retryAfter: reply.value.header('retry-after') },
    host,
    secrets,
  );
  if (refused) return fail(refused);
  const json = relayJson(text, host);
  if (!json.ok) return json;
  const envelope = z.safeParse(envelopeSchema, json.value);
  if (!envelope.success) return fail({ code: 'relay-shape', host });
  if (!envelope.data.success) {
    return fail({ code: 'relay-refusal', host, text: safeText(envelope.data.message ?? '', secrets) });
  }
  return ok(envelope.data.data);
}

/** Exactly this form works on every generation; the id goes under the name that this family knows. */
const authorization = ({ accessToken, userId }: Credentials): Record<string, string> => ({
  Authorization: `Bearer ${accessToken}`,
  ...(userId.trim() && { 'New-Api-User': userId.trim() }),
});

/** The name of the missing header stands in the message in every language. */
function signInFailure(text: string, host: string): Failure {
  return /New-Api-User/i.test(relayMessage(text) ?? '')
    ? { code: 'user-id-refused', host }
    : { code: 'token-refused', host };
}

/** A site whose public status is no status of this family is another site. */
function notNewApi(failure: Failure, host: string): Result<AccountReading> {
  const other = ['relay-html', 'relay-not-json', 'relay-shape', 'relay-not-found', 'relay-refusal'] as const;
  return other.some((code) => code === failure.code) ? fail({ code: 'not-new-api', host }) : fail(failure);
}
