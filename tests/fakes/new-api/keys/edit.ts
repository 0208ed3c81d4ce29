import { fakeKey } from './fake-secrets';
import { parseObject, type FieldType } from '../go-json';
import { ownKey, shownKey } from './list';
import { idsInBody } from './reveal';
import { say } from '../messages';
import { done, notFound, refuse, success } from '../reply';
import { newKey, nextKeyId, seconds, type RelayState } from '../state';
import type { Call, RelayKey, RelayUser, Reply } from '../types';

const FIELDS: Record<string, FieldType> = {
  id: 'int',
  status: 'int',
  name: 'string',
  expired_time: 'int64',
  remain_quota: 'int',
  unlimited_quota: 'bool',
  model_limits_enabled: 'bool',
  model_limits: 'string',
  allow_ips: 'string',
  group: 'string',
  cross_group_retry: 'bool',
};

const MAX_NAME_BYTES = 50;

type Settable = Omit<
  RelayKey,
  'id' | 'userId' | 'key' | 'createdTime' | 'accessedTime' | 'usedQuota' | 'status'
>;
type Body = Settable & { id: number; status: number };

/** What is left out counts as empty, as the fields' types were checked before. */
function bodyOf(value: Record<string, unknown>): Body {
  const number = (name: string): number => (value[name] as number | null | undefined) ?? 0;
  const flag = (name: string): boolean => value[name] === true;
  const text = (name: string): string => (value[name] as string | null | undefined) ?? '';
  const group = text('group');
  return {
    id: number('id'),
    status: number('status'),
    name: text('name'),
    expiredTime: number('expired_time'),
    remainQuota: number('remain_quota'),
    unlimitedQuota: flag('unlimited_quota'),
    modelLimitsEnabled: flag('model_limits_enabled'),
    modelLimits: text('model_limits'),
    allowIps: (value.allow_ips as string | null | undefined) ?? null,
    group,
    crossGroupRetry: group === 'auto' && flag('cross_group_retry'),
  };
}

/** The body, or the refusal. */
function readBody(call: Call): Body | Reply {
  const parsed = parseObject(call.body, 'Token', FIELDS);
  if ('error' in parsed) return refuse(parsed.error);
  const body = bodyOf(parsed.value);
  if (Buffer.byteLength(body.name) > MAX_NAME_BYTES) return refuse(say(call, 'nameTooLong'));
  if (!body.unlimitedQuota && body.remainQuota < 0) return refuse(say(call, 'quotaNegative'));
  return body;
}

/** Neither the id nor the key is in the answer. */
export function createKey(state: RelayState, call: Call, user: RelayUser): Reply {
  const body = readBody(call);
  if ('headers' in body) return body;
  const { id: _id, status: _status, modelLimits, ...settings } = body;
  const id = nextKeyId(state);
  const key = newKey({ name: body.name, key: fakeKey(body.name, id), userId: user.id, id }, seconds(state));
  // A new entry gets the column's default for a zero: an expiry of 0 turns into "never". An edit does not.
  const expiredTime = body.expiredTime === 0 ? -1 : body.expiredTime;
  state.keys.push({ ...key, ...settings, modelLimits, expiredTime, allowIps: body.allowIps ?? '' });
  return done();
}

function enableRefusal(state: RelayState, call: Call, key: RelayKey): Reply | undefined {
  const expired = key.expiredTime !== -1 && key.expiredTime <= seconds(state);
  if (key.status === 3 && expired) return refuse(say(call, 'expiredCannotEnable'));
  if (key.status === 4 && key.remainQuota <= 0 && !key.unlimitedQuota)
    return refuse(say(call, 'usedUpCannotEnable'));
  return undefined;
}

/** Replaces all settings, or with `status_only` nothing but the status. */
export function editKey(state: RelayState, call: Call, user: RelayUser): Reply {
  const body = readBody(call);
  if ('headers' in body) return body;
  const { id, status, ...settings } = body;
  const key = ownKey(state, user, id);
  if (key === undefined) return notFound();
  const refusal = status === 1 ? enableRefusal(state, call, key) : undefined;
  if (refusal !== undefined) return refusal;
  const statusOnly = (call.query.get('status_only') ?? '') !== '';
  Object.assign(key, statusOnly ? { status } : settings);
  return success(shownKey(key));
}

function remove(state: RelayState, user: RelayUser, ids: number[]): number {
  const gone = state.keys.filter((key) => key.userId === user.id && ids.includes(key.id));
  // In place, as tests hold on to the list.
  for (const key of gone) state.keys.splice(state.keys.indexOf(key), 1);
  return gone.length;
}

export const deleteKey = (state: RelayState, call: Call, user: RelayUser): Reply =>
  remove(state, user, [Number(call.params.id)]) === 0 ? notFound() : done();

export function deleteKeys(state: RelayState, call: Call, user: RelayUser): Reply {
  const ids = idsInBody(call);
  return ids === undefined ? refuse(say(call, 'parametersInvalid')) : success(remove(state, user, ids));
}
