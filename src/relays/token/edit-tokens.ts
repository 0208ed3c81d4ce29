import * as v from 'valibot';
import type { NewKeyOption } from '../../core/accounts/relay-family';
import { openObject } from '../../core/shapes';
import { hostOf } from '../../core/base-url';
import { isMasked } from '../../core/mask';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { assertSupported } from '../check-draft';
import type { Credentials, KeyDraft, KeyEdits, RemoteKey } from '../relay';
import { askData, askShape } from '../site/envelope';
import { siteOf } from '../site/sign-in';
import { changeToken } from './change-token';
import type { TokenKind } from './kinds';
import { firstTokens, type PageParam } from './list-tokens';
import { readUserGroups } from './read-groups';
import { remoteKey } from './remote-key';
import { tokenSchema } from './token';

/** What differs between servers when keys are changed. */
export interface TokenEditsKind {
  newToken(draft: KeyDraft): Record<string, unknown>;
  /** The body of a request that switches a key on or off. */
  switching: 'id-and-status' | 'whole';
  /** Undefined: there are no groups. */
  groupsPath: string | undefined;
}

/** Changes to the keys of a relay of the New API family. */
export function tokenEdits(kind: TokenKind & TokenEditsKind, newKey: readonly NewKeyOption[]): KeyEdits {
  const { pageParams, groupsPath, switching, userIdHeaders } = kind;
  const site = (credentials: Credentials): Site => siteOf(credentials, userIdHeaders);
  return {
    readGroups: async (http, credentials) =>
      groupsPath === undefined ? ok([]) : readUserGroups(http, site(credentials), groupsPath),
    createKey: async (http, credentials, draft) => {
      assertSupported(draft, newKey);
      return createToken(http, site(credentials), pageParams, kind.newToken(draft));
    },
    changeKey(http, credentials, id, change) {
      assertSupported(change, newKey);
      return changeToken(http, site(credentials), id, change, kind.newToken);
    },
    setKeyEnabled: (http, credentials, id, enabled) =>
      setTokenEnabled(http, site(credentials), { id, status: enabled ? STATUS.on : STATUS.off }, switching),
    async deleteKey(http, credentials, id) {
      const reply = await askData(http, site(credentials), { method: 'DELETE', path: `/api/token/${id}` });
      return reply.ok ? ok(true) : reply;
    },
  };
}

/**
 * Creates a key. Only One API answers with it (v0.6.11, fixture one-api/keys-create-edit-delete). Elsewhere the new
 * key is the one of that name on the first page whose id is higher than all before, since lists begin with the
 * newest. Names need not be unique: if two fit, the result is undefined.
 */
async function createToken(
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

/** The least that names a key and says whether it is on. */
interface TokenStatus {
  id: number;
  status: number;
}

/**
 * Switches a key on or off. `PUT /api/token/` replaces the key: omitted fields are emptied, which makes it expire.
 * With `status_only` every recorded server changes the status alone (fixtures <server>/keys-create-edit-delete of New API,
 * One API, One Hub and Veloera); a fork that does not know `status_only` gets the whole key. A server that masks keys
 * does know it, and must not get its mask back as a key.
 */
async function setTokenEnabled(
  http: Http,
  site: Site,
  token: TokenStatus,
  send: TokenEditsKind['switching'],
): Promise<Result<true>> {
  const body = send === 'whole' ? await wholeToken(http, site, token) : ok(token);
  if (!body.ok) return body;
  const path = '/api/token/?status_only=true';
  const reply = await askData(http, site, { method: 'PUT', path, body: body.value });
  if (!reply.ok) return reply;
  const now = v.safeParse(statusSchema, reply.value);
  const unchanged = now.success && now.output.status !== token.status;
  return unchanged ? fail({ code: 'relay-shape', host: hostOf(site.siteUrl) }) : ok(true);
}

async function wholeToken(http: Http, site: Site, token: TokenStatus): Promise<Result<TokenStatus>> {
  const whole = await askShape(http, site, { path: `/api/token/${token.id}` }, wholeSchema);
  if (!whole.ok) return whole;
  if (whole.value.id !== token.id) return fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
  return ok(isMasked(whole.value.key) ? token : { ...whole.value, status: token.status });
}
