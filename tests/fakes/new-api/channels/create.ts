import { newChannel } from './data';
import { done, refuse } from '../reply';
import { seconds, type RelayState } from '../state';
import type { Call, ChannelInput, Reply } from '../types';

const MODES = ['single', 'batch', 'multi_to_single'];
const NEW_API = 60;
const TEXTS = ['name', 'key', 'base_url', 'models', 'group', 'model_mapping', 'tag', 'remark'];

/** The server's complaint about a list in the place of a text. */
export function wrongType(fields: Record<string, unknown>, path: string): Reply | undefined {
  const wrong = TEXTS.find((name) => Array.isArray(fields[name]));
  if (wrong === undefined) return undefined;
  return refuse(`json: cannot unmarshal array into Go struct field ${path}.${wrong} of type string`);
}

const given = <T>(value: unknown, name: string): Record<string, T> =>
  value === undefined || value === null ? {} : { [name]: value as T };

/** What a body says of a channel, in this stand-in's names. */
export const inputOf = (fields: Record<string, unknown>): ChannelInput => ({
  ...given(fields.type, 'type'),
  ...given(fields.name, 'name'),
  ...given(fields.key, 'key'),
  ...given(fields.base_url, 'baseUrl'),
  ...given(fields.models, 'models'),
  ...given(fields.group, 'group'),
  ...given(fields.model_mapping, 'modelMapping'),
  ...given(fields.priority, 'priority'),
  ...given(fields.weight, 'weight'),
  ...given(fields.status, 'status'),
  ...given(fields.tag, 'tag'),
  ...given(fields.remark, 'remark'),
});

interface Body {
  mode?: string;
  multi_key_mode?: string;
  batch_add_set_key_prefix_2_name?: boolean;
  channel?: Record<string, unknown>;
}

/** Only the wrapped form is understood; the answer names no id. */
export function createChannel(state: RelayState, call: Call): Reply {
  const body = JSON.parse(call.body || '{}') as Body;
  const fields = body.channel ?? {};
  const wrong = wrongType(fields, 'Channel.channel');
  if (wrong !== undefined) return wrong;
  const channel = inputOf(fields);
  if (!channel.key) return refuse('channel cannot be empty');
  if (channel.type === NEW_API && !channel.baseUrl) return refuse('New API channel base URL cannot be empty');
  if (!MODES.includes(body.mode ?? '')) return refuse('不支持的添加模式');
  if (body.mode === 'batch') addEach(state, channel, body.batch_add_set_key_prefix_2_name === true);
  else addChannel(state, { ...channel, multi: body.mode === 'single' ? null : (body.multi_key_mode ?? '') });
  return done();
}

/** One channel a line. The beginning of a key goes into its name, and into all names after it. */
function addEach(state: RelayState, channel: ChannelInput, named: boolean): void {
  let name = channel.name ?? '';
  for (const key of (channel.key ?? '').split('\n')) {
    if (named) name += ` ${key.slice(0, 8)}`;
    addChannel(state, { ...channel, key, name });
  }
}

/** Ids of deleted channels do not come back. */
export function nextChannelId(state: RelayState): number {
  state.lastChannelId = Math.max(state.lastChannelId, ...state.channels.map(({ id }) => id)) + 1;
  return state.lastChannelId;
}

function addChannel(state: RelayState, input: ChannelInput): void {
  state.channels.push(newChannel(input, nextChannelId(state), seconds(state)));
}
