import * as v from 'valibot';
import { hostOf } from '../../core/base-url';
import { isPlainObject } from '../../core/json';
import { isMasked } from '../../core/mask';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import type { KeyDraft, RemoteKey } from '../relay';
import { askData, askShape } from '../site/envelope';
import { remoteKey } from './remote-key';
import { tokenSchema, type Token } from './token';

/** The fields in which the families keep what a draft names. */
const FIELDS: Record<keyof KeyDraft, readonly string[]> = {
  name: ['name'],
  group: ['group'],
  quota: ['remain_quota', 'unlimited_quota'],
  expiredTime: ['expired_time'],
  models: ['model_limits_enabled', 'model_limits', 'models', 'setting'],
};

const NO_LIMITS: KeyDraft = { name: '', group: '', quota: null, expiredTime: -1, models: null };

/**
 * Changes a key. `PUT /api/token/` replaces it, so the whole key goes back as it came but for what changes, and never a
 * mask as its text (fixtures <server>/keys-create-edit-delete). Then the key is read again.
 */
export async function changeToken(
  http: Http,
  site: Site,
  id: number,
  change: Partial<KeyDraft>,
  newToken: (draft: KeyDraft) => Record<string, unknown>,
): Promise<Result<true>> {
  const before = await readToken(http, site, id);
  if (!before.ok) return before;
  const { key: text, ...rest } = before.value;
  const whole = isMasked(text) ? rest : before.value;
  const asked = newToken({ ...NO_LIMITS, ...change });
  const body = { ...whole, ...changedFields(whole, asked, change) };
  const reply = await askData(http, site, { method: 'PUT', path: '/api/token/', body });
  if (!reply.ok) return reply;
  const after = await readToken(http, site, id);
  if (!after.ok) return after;
  const wanted = { ...remoteKey(before.value), ...wantedOf(change) };
  return after.value.key === text && isAsAsked(remoteKey(after.value), wanted)
    ? ok(true)
    : fail({ code: 'key-unchanged', host: hostOf(site.siteUrl) });
}

async function readToken(http: Http, site: Site, id: number): Promise<Result<Token>> {
  const token = await askShape(http, site, { path: `/api/token/${id}` }, tokenSchema);
  return !token.ok || token.value.id === id
    ? token
    : fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
}

function changedFields(
  whole: Record<string, unknown>,
  asked: Record<string, unknown>,
  change: Partial<KeyDraft>,
): Record<string, unknown> {
  const names = (Object.keys(change) as (keyof KeyDraft)[]).flatMap((name) => FIELDS[name]);
  const fields = names.filter((name) => name in asked);
  return Object.fromEntries(
    fields.map((name) => [
      name,
      name === 'setting' ? withModelLimits(whole['setting'], asked['setting']) : asked[name],
    ]),
  );
}

const settingSchema = v.looseObject({ limits: v.looseObject({ limit_model_setting: v.unknown() }) });

/** One Hub keeps more in `setting` than the limits of models, all of which stays. */
function withModelLimits(setting: unknown, asked: unknown): unknown {
  const { limits } = v.parse(settingSchema, asked);
  const now = isPlainObject(setting) ? (setting as { limits?: object }) : {};
  return { ...now, limits: { ...now.limits, limit_model_setting: limits.limit_model_setting } };
}

const wantedOf = ({ quota, ...rest }: Partial<KeyDraft>): Partial<RemoteKey> => ({
  ...rest,
  ...(quota !== undefined && { unlimitedQuota: quota === null, remainQuota: quota ?? 0 }),
});

/** What is left shrinks while the key is used, so that no more is asked of it than that it did not grow. */
function isAsAsked(now: RemoteKey, wanted: RemoteKey): boolean {
  const facts = ({ name, group, expiredTime, unlimitedQuota, models, status }: RemoteKey): string =>
    JSON.stringify([name, group, expiredTime, unlimitedQuota, models?.toSorted() ?? null, status === 2]);
  return facts(now) === facts(wanted) && (wanted.unlimitedQuota || now.remainQuota <= wanted.remainQuota);
}
