import * as v from 'valibot';
import { numberOf, textOf } from '../lenient';
import { openObject } from '../shapes';

/**
 * A channel as its server tells of it, with all that we do not know. Older servers also tell the key: such an object
 * stays in `targets` and is never kept, shown or sent anywhere but back. Only its number has to be one: a field of another
 * kind than is usual must not hide all other channels, and goes back as it came.
 */
export const rawChannelSchema = openObject({ id: v.number() });
export type RawChannel = v.InferOutput<typeof rawChannelSchema>;

/** What of a channel is read, planned and put back. Texts as the server has them, so that they are compared exactly. */
export const channelFieldsSchema = v.object({
  name: v.string(),
  /** 1 OpenAI, 14 Anthropic; 24 Gemini (25 at One Hub). */
  type: v.number(),
  baseUrl: v.string(),
  /** Comma-separated names that clients ask for. */
  models: v.string(),
  /** JSON `{asked: upstream}`; empty: none. */
  mapping: v.string(),
  /** Comma-separated. */
  group: v.string(),
  priority: v.number(),
  weight: v.number(),
  tag: v.string(),
});
export type ChannelFields = v.InferOutput<typeof channelFieldsSchema>;

/** 3 is the server's own doing after failed requests; what else there may be is off as well. */
export type ChannelState = 'on' | 'off' | 'auto-off';

/** A channel without its key. */
export interface Channel extends ChannelFields {
  id: number;
  state: ChannelState;
  /** The server holds several keys in it: its models belong to all of them. */
  manyKeys: boolean;
  /** Of the last test at the server; 0: none. */
  responseMs: number;
  /** Milliseconds since 1970; 0: not known. */
  testedAt: number;
  createdAt: number;
}

/** What of a channel a page names beside its number, so that another one is not taken for it. */
export type SeenChannel = Pick<Channel, 'id' | 'name' | 'baseUrl'>;

export function channelOf(raw: RawChannel): Channel {
  const info = (raw['channel_info'] ?? {}) as { is_multi_key?: unknown };
  const status = numberOf(raw['status']);
  return {
    id: raw.id,
    name: textOf(raw['name']),
    type: numberOf(raw['type']),
    state: status === 1 ? 'on' : status === 3 ? 'auto-off' : 'off',
    baseUrl: textOf(raw['base_url']),
    models: textOf(raw['models']),
    mapping: textOf(raw['model_mapping']),
    group: textOf(raw['group']),
    priority: numberOf(raw['priority']),
    weight: numberOf(raw['weight']),
    tag: textOf(raw['tag']),
    manyKeys: info.is_multi_key === true,
    responseMs: numberOf(raw['response_time']),
    testedAt: numberOf(raw['test_time']) * 1000,
    createdAt: numberOf(raw['created_time']) * 1000,
  };
}

/** What the server calls a field, where its name differs. */
const SERVER_NAMES: Partial<Record<string, string>> = { baseUrl: 'base_url', mapping: 'model_mapping' };

/** Fields by the server's names. `noMapping`: an empty mapping goes as `{}` where an empty text means "leave it". */
export const serverFields = (
  fields: Partial<ChannelFields>,
  noMapping: '' | '{}' = '{}',
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      SERVER_NAMES[name] ?? name,
      name === 'mapping' && value === '' ? noMapping : value,
    ]),
  );

/** The fields alone, of a channel with all that its server says of it. */
export const fieldsOf = (channel: ChannelFields): ChannelFields => v.parse(channelFieldsSchema, channel);
