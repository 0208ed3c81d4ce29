import * as v from 'valibot';
import { isPlainObject, jsonOrUndefined } from '../json';
import { numberOf, textOf } from '../lenient';
import { openObject } from '../shapes';
import type { Channel, ChannelFields, ChannelSecrets } from './channel';
import { safeText } from '../mask';

/**
 * A channel as its server tells of it, with all that we do not know. Older servers also tell the key: such an object
 * stays in `targets` and is never kept, shown or sent anywhere but back. Only its number has to be one: a field of another
 * kind than is usual must not hide all other channels, and goes back as it came.
 */
export const rawChannelSchema = openObject({ id: v.number() });
export type RawChannel = v.InferOutput<typeof rawChannelSchema>;

type Field = keyof ChannelFields | keyof ChannelSecrets;

/** What servers call a field, where the name differs; One Hub's come second (fixtures <server>/channels-create). */
const SERVER_NAMES: Partial<Record<Field, readonly [string, ...string[]]>> = {
  baseUrl: ['base_url'],
  mapping: ['model_mapping'],
  testModel: ['test_model'],
  autoBan: ['auto_ban'],
  paramOverride: ['param_override', 'custom_parameter'],
  headerOverride: ['header_override', 'model_headers'],
  statusMapping: ['status_code_mapping'],
};

/** What the server of a channel calls a field; undefined where it has none. */
const nameAt = (raw: Record<string, unknown>, field: Field): string | undefined =>
  (SERVER_NAMES[field] ?? [field]).find((name) => name in raw);

/** A text that a server keeps for a field, empty where it has none. */
export const textAt = (raw: Record<string, unknown>, field: Field): string =>
  textOf(raw[nameAt(raw, field) ?? '']);

const OPTIONAL_TEXTS = ['remark', 'testModel', 'paramOverride', 'statusMapping'] as const;

export function channelOf(raw: RawChannel): Channel {
  const info = objectOf(raw['channel_info']);
  const status = numberOf(raw['status']);
  const known = OPTIONAL_TEXTS.filter((field) => nameAt(raw, field) !== undefined);
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
    ...Object.fromEntries(known.map((field) => [field, textAt(raw, field)])),
    ...('auto_ban' in raw && { autoBan: numberOf(raw['auto_ban']) }),
    ...(nameAt(raw, 'headerOverride') !== undefined && {
      headers: isNone(textAt(raw, 'headerOverride')) ? ('none' as const) : ('set' as const),
    }),
    ...keysIn(info),
    responseMs: numberOf(raw['response_time']),
    testedAt: numberOf(raw['test_time']) * 1000,
    createdAt: numberOf(raw['created_time']) * 1000,
    ...(status !== 1 && offIn(raw)),
    ...numbersIn(raw),
  };
}

const objectOf = (value: unknown): Record<string, unknown> => (isPlainObject(value) ? value : {});

function keysIn(info: Record<string, unknown>): Pick<Channel, 'manyKeys' | 'keys'> {
  const count = numberOf(info['multi_key_size']);
  const manyKeys = info['is_multi_key'] === true;
  return manyKeys && count > 0
    ? { manyKeys, keys: { count, mode: textOf(info['multi_key_mode']) } }
    : { manyKeys };
}

/** No server shortens what a relay said. */
/** A server's words may hold a part of a key, which some put in brackets (verified: New API of old, Veloera). */
const PART_OF_KEY = /\bsk-[\w-]{3,}(?:\*+\w*)?|\[sk-[^\]]*\]/gi;

/** New API and its kin note the last change of the state in a text of JSON (fixture new-api/channels-edit-delete). */
function offIn(raw: RawChannel): Pick<Channel, 'off'> {
  const info = objectOf(jsonOrUndefined(textOf(raw['other_info'])));
  const reason = safeText(textOf(info['status_reason']).replace(PART_OF_KEY, 'sk-…'));
  const at = numberOf(info['status_time']) * 1000;
  return reason || at > 0 ? { off: { reason, at } } : {};
}

function numbersIn(raw: RawChannel): Pick<Channel, 'usedQuota' | 'balance'> {
  const usedQuota = numberOf(raw['used_quota']);
  const at = numberOf(raw['balance_updated_time']) * 1000;
  return {
    ...(usedQuota > 0 && { usedQuota }),
    ...(at > 0 && { balance: { amount: numberOf(raw['balance']), at } }),
  };
}

const isNone = (text: string): boolean => text.trim() === '' || text.trim() === '{}';

/**
 * Fields by the names of a server: by those of the channel `raw`, or by the usual ones for a new channel. `noMapping`: an
 * empty mapping goes as `{}` where an empty text means "leave it".
 */
export const serverFields = (
  fields: Partial<ChannelFields> & ChannelSecrets,
  { raw = {}, noMapping = '{}' }: { raw?: Record<string, unknown>; noMapping?: '' | '{}' } = {},
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      nameAt(raw, name as Field) ?? SERVER_NAMES[name as Field]?.[0] ?? name,
      name === 'mapping' && value === '' ? noMapping : value,
    ]),
  );
