import * as v from 'valibot';
import { mapOf, openObject } from '../../core/shapes';
import { ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { askShape } from '../site/envelope';
import type { RemoteGroup } from '../../core/accounts/new-key';

/**
 * New API: `{id: {desc, ratio}}`; One Hub: `{id: {name, ratio}}` (fixtures <server>/self-and-quota). `auto` has no number.
 */
const groupsSchema = mapOf(
  openObject({
    desc: v.optional(v.string()),
    name: v.optional(v.string()),
    ratio: v.optional(v.unknown()),
  }),
);

/** Reads the groups, sorted by id, because their order on the server varies from call to call. */
export async function readUserGroups(http: Http, site: Site, path: string): Promise<Result<RemoteGroup[]>> {
  const reply = await askShape(http, site, { path }, groupsSchema);
  if (!reply.ok) return reply;
  const groups = Object.entries(reply.value).map(([id, { desc, name, ratio }]) => ({
    id,
    name: id,
    note: desc ?? name ?? '',
    ratio: typeof ratio === 'number' ? ratio : null,
  }));
  return ok(groups.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}
