import * as v from 'valibot';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/failures/result';
import { openObject } from '../../core/shapes';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';

/** What an account may do with channels. */
export interface ChannelRights {
  admin: boolean;
  /** Change and switch. */
  write: boolean;
  /** Make and delete: what shows or spends keys. */
  sensitive: boolean;
}

const ADMIN = 10;
const right = v.optional(v.boolean());

/**
 * Everything else of the account is dropped, because some servers also send the access token (fixtures
 * <server>/self-and-quota).
 */
const selfSchema = openObject({
  id: v.number(),
  role: v.number(),
  permissions: v.optional(
    openObject({
      admin_permissions: v.optional(
        openObject({
          channel: v.optional(openObject({ read: right, write: right, sensitive_write: right })),
        }),
      ),
    }),
  ),
});

/**
 * Reads what an account may do with channels. New API separates the rights of admins since the middle of 2026;
 * before, an admin may do everything.
 */
export async function readRights(http: Http, site: Site, userId: string): Promise<Result<ChannelRights>> {
  const host = hostOf(site.siteUrl);
  const reply = await askData(http, site, { path: '/api/user/self' });
  if (!reply.ok) return reply;
  const self = v.safeParse(selfSchema, reply.value);
  if (!self.success) return fail({ code: 'relay-shape', host });
  const { id, role, permissions } = self.output;
  if (userId && String(id) !== userId) return fail({ code: 'user-id-refused', host });
  const admin = role >= ADMIN;
  const channel = permissions?.admin_permissions?.channel;
  return ok({
    admin: admin && channel?.read !== false,
    write: admin && channel?.write !== false,
    sensitive: admin && channel?.sensitive_write !== false,
  });
}

const groupsSchema = v.nullable(v.array(v.string()));

/** Reads the groups that a channel can serve, sorted, because their order varies from call to call. */
export async function readChannelGroups(http: Http, site: Site): Promise<Result<string[]>> {
  const reply = await askData(http, site, { path: '/api/group/' });
  if (!reply.ok) return reply;
  const parsed = v.safeParse(groupsSchema, reply.value);
  if (!parsed.success) return fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
  return ok((parsed.output ?? []).toSorted());
}
