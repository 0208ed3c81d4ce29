import * as v from 'valibot';
import { FAMILIES } from '../../core/accounts/relay-family';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { assertSupported } from '../check-draft';
import type { Credentials, KeyEdits } from '../relay';
import { siteOf } from '../site/sign-in';
import { askSub2Api } from './envelope';
import { readSub2ApiKey, sub2apiKeySchema, type Sub2ApiKey } from './keys';
import { sub2apiRemoteKey } from './remote-key';

const site = (credentials: Credentials): Site => siteOf(credentials, []);

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

/** Changes to the keys of a Sub2API account. */
export const sub2apiEdits: KeyEdits = {
  async readGroups(http, credentials) {
    const request = { path: '/api/v1/groups/available' };
    const groups = await askSub2Api(http, site(credentials), request, groupsSchema);
    if (!groups.ok) return groups;
    return ok(
      (groups.value ?? []).map(({ id, name, platform = '', rate_multiplier }) => ({
        id: String(id),
        name,
        note: platform,
        ratio: rate_multiplier ?? null,
      })),
    );
  },
  /** The answer is the new key, with its group only as an id (Sub2API 0.1.1, fixture sub2api/keys). */
  async createKey(http, credentials, draft) {
    assertSupported(draft, FAMILIES.sub2api.newKey);
    const body = { name: draft.name, ...(draft.group && { group_id: Number(draft.group) }) };
    const request = { method: 'POST', path: '/api/v1/keys', body } as const;
    const made = await askSub2Api(http, site(credentials), request, sub2apiKeySchema);
    return made.ok ? ok(sub2apiRemoteKey(made.value)) : made;
  },
  async changeKey(http, credentials, id, change) {
    assertSupported(change, FAMILIES.sub2api.newKey);
    const { name, group } = change;
    const fields = {
      ...(name !== undefined && { name }),
      ...(group !== undefined && { group_id: group ? Number(group) : null }),
    };
    const at = site(credentials);
    const changed = await putKey(http, at, id, fields);
    if (!changed.ok) return changed;
    const now = await readSub2ApiKey(http, at, id);
    if (!now.ok) return now;
    const isAsAsked = Object.entries(fields).every(
      ([field, value]) => ((now.value as Record<string, unknown>)[field] ?? null) === value,
    );
    return isAsAsked ? ok(true) : fail({ code: 'key-unchanged', host: hostOf(at.siteUrl) });
  },
  async setKeyEnabled(http, credentials, id, enabled) {
    const at = site(credentials);
    const status = enabled ? 'active' : 'inactive';
    const now = await putKey(http, at, id, { status });
    if (!now.ok) return now;
    return now.value.status === status ? ok(true) : fail({ code: 'relay-shape', host: hostOf(at.siteUrl) });
  },
  async deleteKey(http, credentials, id) {
    const request = { method: 'DELETE', path: `/api/v1/keys/${id}` } as const;
    const reply = await askSub2Api(http, site(credentials), request, v.unknown());
    return reply.ok ? ok(true) : reply;
  },
};

/**
 * Changes fields of a key. The whole key goes back except its text, which need not travel, and user and group, which are
 * not fields of it.
 */
async function putKey(
  http: Http,
  at: Site,
  id: number,
  fields: Record<string, unknown>,
): Promise<Result<Sub2ApiKey>> {
  const current = await readSub2ApiKey(http, at, id);
  if (!current.ok) return current;
  const { key: _text, user: _user, group: _group, ...rest } = current.value;
  const request = { method: 'PUT', path: `/api/v1/keys/${id}`, body: { ...rest, ...fields } } as const;
  return askSub2Api(http, at, request, sub2apiKeySchema);
}
