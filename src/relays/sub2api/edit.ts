import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { FAMILIES } from '../../core/accounts/relay-family';
import { assertSupported } from '../check-draft';
import type { RemoteGroup } from '../../core/accounts/new-key';
import type { Credentials, KeyDraft, KeyEdits, RemoteKey } from '../relay';
import { siteOf } from '../site/sign-in';
import { askSub2Api } from './envelope';
import { readSub2ApiKey, sub2apiKeySchema, sub2apiRemoteKey } from './keys';

const shape = (site: Site) => fail({ code: 'relay-shape' as const, host: hostOf(site.siteUrl) });

/** Creates a key. The answer is the new key, with its group only as an id (Sub2API 0.1.1, fixture sub2api/keys). */
async function createSub2ApiKey(http: Http, site: Site, draft: KeyDraft): Promise<Result<RemoteKey>> {
  const body = { name: draft.name, ...(draft.group && { group_id: Number(draft.group) }) };
  const reply = await askSub2Api(http, site, { method: 'POST', path: '/api/v1/keys', body });
  if (!reply.ok) return reply;
  const made = v.safeParse(sub2apiKeySchema, reply.value);
  return made.success ? ok(sub2apiRemoteKey(made.output)) : shape(site);
}

/**
 * Switches a key. The whole key goes back except its text, which need not travel, and user and group, which are not
 * fields of it.
 */
async function setSub2ApiKeyEnabled(
  http: Http,
  site: Site,
  id: number,
  enabled: boolean,
): Promise<Result<true>> {
  const current = await readSub2ApiKey(http, site, id);
  if (!current.ok) return current;
  const { key: _text, user: _user, group: _group, ...rest } = current.value;
  const body = { ...rest, status: enabled ? 'active' : 'inactive' };
  const reply = await askSub2Api(http, site, { method: 'PUT', path: `/api/v1/keys/${id}`, body });
  if (!reply.ok) return reply;
  const now = v.safeParse(sub2apiKeySchema, reply.value);
  return now.success && now.output.status === body.status ? ok(true) : shape(site);
}

const groupsSchema = v.nullable(
  v.array(
    openObject({
      id: v.number(),
      name: v.string(),
      platform: v.optional(v.string()),
      rate_multiplier: v.optional(v.number()),
    }),
  ),
);

async function readSub2ApiGroups(http: Http, site: Site): Promise<Result<RemoteGroup[]>> {
  const reply = await askSub2Api(http, site, { path: '/api/v1/groups/available' });
  if (!reply.ok) return reply;
  const groups = v.safeParse(groupsSchema, reply.value);
  if (!groups.success) return shape(site);
  return ok(
    (groups.output ?? []).map(({ id, name, platform = '', rate_multiplier }) => ({
      id: String(id),
      name,
      note: platform,
      ratio: rate_multiplier ?? null,
    })),
  );
}

const site = (credentials: Credentials): Site => siteOf(credentials, []);

/** Changes to the keys of a Sub2API account. */
export const sub2apiEdits: KeyEdits = {
  readGroups: (http, credentials) => readSub2ApiGroups(http, site(credentials)),
  createKey: async (http, credentials, draft) => {
    assertSupported(draft, FAMILIES.sub2api.newKey);
    return createSub2ApiKey(http, site(credentials), draft);
  },
  setKeyEnabled: (http, credentials, id, enabled) =>
    setSub2ApiKeyEnabled(http, site(credentials), id, enabled),
  deleteKey: async (http, credentials, id) => {
    const path = `/api/v1/keys/${id}`;
    const reply = await askSub2Api(http, site(credentials), { method: 'DELETE', path });
    return reply.ok ? ok(true) : reply;
  },
};
