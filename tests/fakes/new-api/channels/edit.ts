import { inputOf, wrongType } from './create';
import { shownChannel } from './data';
import { say } from '../messages';
import { done, json, notFound, refuse, success } from '../reply';
import { seconds, type RelayState } from '../state';
import type { Call, RelayChannel, Reply } from '../types';

export const bodyOf = (call: Call): Record<string, unknown> =>
  JSON.parse(call.body || '{}') as Record<string, unknown>;

const channelOf = (state: RelayState, id: unknown): RelayChannel | undefined =>
  state.channels.find((one) => one.id === Number(id));

/** Columns that may be null (fixture new-api-old/channels-edit-delete, “no such channel”), so that an empty value is kept. */
const COLUMNS = ['test_model', 'auto_ban', 'param_override', 'header_override', 'status_code_mapping'];

/** Empty names, models and groups are left alone, as is what is absent. The status has a call of its own. */
export function editChannel(state: RelayState, call: Call): Reply {
  const body = bodyOf(call);
  const wrong = wrongType(body, 'PatchChannel');
  if (wrong !== undefined) return wrong;
  if (body.status !== undefined) return refuse(say(call, 'parametersInvalid'));
  const channel = channelOf(state, body.id);
  if (channel === undefined) return notFound();
  const pointers = new Set(['baseUrl', 'modelMapping', 'tag', 'remark', 'priority', 'weight']);
  const changes = Object.entries(inputOf(body)).filter(([name, value]) => value || pointers.has(name));
  Object.assign(channel, Object.fromEntries(changes));
  for (const name of COLUMNS) if (body[name] !== undefined) channel.columns[name] = body[name];
  return success({ ...shownChannel(channel), multi_key_mode: null, key_mode: null });
}

const switchedInfo = (state: RelayState, reason: string): string =>
  JSON.stringify({ status_reason: reason, status_time: seconds(state) });

const isStatus = (status: unknown): status is number => status === 1 || status === 2;

export function setChannelStatus(state: RelayState, call: Call): Reply {
  const { status } = bodyOf(call);
  if (!isStatus(status)) return refuse(say(call, 'parametersInvalid'));
  const channel = channelOf(state, call.params.id);
  if (channel === undefined) return notFound();
  Object.assign(channel, { status, otherInfo: switchedInfo(state, 'manual operation') });
  return success(true);
}

export function setChannelStatuses(state: RelayState, call: Call): Reply {
  const { ids, status } = bodyOf(call);
  if (!isStatus(status) || !Array.isArray(ids)) return refuse(say(call, 'parametersInvalid'));
  const found = state.channels.filter(({ id }) => ids.includes(id));
  const otherInfo = switchedInfo(state, 'manual batch operation');
  for (const channel of found) Object.assign(channel, { status, otherInfo });
  return success(found.length);
}

function remove(state: RelayState, ids: readonly number[]): number {
  const gone = state.channels.filter(({ id }) => ids.includes(id));
  for (const channel of gone) state.channels.splice(state.channels.indexOf(channel), 1);
  return gone.length;
}

/** A channel that is gone is deleted with the same success. */
export function deleteChannel(state: RelayState, call: Call): Reply {
  remove(state, [Number(call.params.id)]);
  return done();
}

export function deleteChannels(state: RelayState, call: Call): Reply {
  const { ids } = bodyOf(call);
  if (!Array.isArray(ids) || ids.length === 0) return refuse('参数错误');
  return success(remove(state, ids as number[]));
}

/** Wants a second factor, which an access token cannot give. */
export const refuseChannelKey = (): Reply =>
  json(403, { code: 'SECURITY_PROOF_INVALID', message: '安全验证状态无效', success: false });
