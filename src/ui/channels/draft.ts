import type { Channel, ChannelFields } from '../../core/channels/channel';
import { differingFields, splitList } from '../../core/channels/compare';
import { formatOfType, typeOf } from '../../core/channels/desired-channel';
import { editedAddress, editedKey, type ChannelAsked } from '../../core/channels/edit';
import { isObjectText, parseModels } from '../../core/channels/models';
import type { ChannelFormat } from '../../core/channels/view';

/** What the dialog edits, as it stands in its fields. */
export interface ChannelTyped {
  name: string;
  /** One a line. */
  models: string;
  /** `asked = upstream`, one a line; null: the mapping is not one that we understand, and stays as it is. */
  mapping: string | null;
  groups: string[];
  priority: string;
  weight: string;
  baseUrl: string;
  /** Null: a provider with ways of its own, whose type stays. */
  format: ChannelFormat | null;
  tag: string;
  remark: string;
  testModel: string;
  autoBan: boolean;
  paramOverride: string;
  statusMapping: string;
  /** Empty: the one that the site has stays. So with the headers, unless they are to be taken out. */
  key: string;
  headers: string;
  noHeaders: boolean;
}

/** What the site of a channel knows. */
export interface ChannelPlace {
  gemini: number;
  siteUrl: string;
}

export const typedOf = (channel: Channel, { gemini }: Pick<ChannelPlace, 'gemini'>): ChannelTyped => ({
  name: channel.name,
  models: splitList(channel.models).join('\n'),
  mapping: mappingLines(channel.mapping),
  groups: splitList(channel.group),
  priority: String(channel.priority),
  weight: String(channel.weight),
  baseUrl: channel.baseUrl,
  format: formatOfType(channel.type, gemini) ?? null,
  tag: channel.tag,
  remark: channel.remark ?? '',
  testModel: channel.testModel ?? '',
  autoBan: channel.autoBan !== 0,
  paramOverride: channel.paramOverride ?? '',
  statusMapping: channel.statusMapping ?? '',
  key: '',
  headers: '',
  noHeaders: false,
});

function mappingLines(text: string): string | null {
  const pairs = parseModels('', text)?.mapping;
  // A line could not be told from the sign between its two names.
  if (!pairs || [...pairs.keys()].some((name) => /[=\n]/.test(name))) return null;
  return [...pairs].map(([asked, upstream]) => `${asked} = ${upstream}`).join('\n');
}

/** The mapping as the server keeps it; undefined where a line has not two names. */
export function mappingOf(lines: string): string | undefined {
  const filled = lines.split('\n').filter((line) => line.trim());
  const pairs = filled.map((line) => /^([^=]*)=([^]*)$/.exec(line)?.slice(1) ?? []);
  const names = pairs.map(([asked = '', upstream = '']) => [asked.trim(), upstream.trim()]);
  if (names.flat().includes('')) return undefined;
  return names.length === 0 ? '' : JSON.stringify(Object.fromEntries(names));
}

export const namesIn = (lines: string): string[] => splitList(lines.replaceAll('\n', ','));

export const isWhole = (text: string): boolean => /^-?\d{1,9}$/.test(text.trim() || '0');

/** The type of the channel as it stands in the fields. */
export const typeIn = (channel: Channel, { format }: ChannelTyped, { gemini }: ChannelPlace): number =>
  format === null ? channel.type : typeOf(format, gemini);

/** What cannot be saved, of what was touched: what stands there otherwise is the site's own affair. */
export function wrongIn(
  channel: Channel,
  typed: ChannelTyped,
  place: ChannelPlace,
): Partial<Record<keyof ChannelTyped, boolean>> {
  const touched = touchedIn(channel, typed, place);
  const { name, models, mapping, groups, priority, weight } = typed;
  const address = editedAddress(typed.baseUrl, typeIn(channel, typed, place), place);
  const object = (field: 'paramOverride' | 'statusMapping' | 'headers'): boolean =>
    touched.has(field) && !isObjectText(typed[field]);
  return {
    name: touched.has('name') && !name.trim(),
    models: touched.has('models') && namesIn(models).length === 0,
    mapping: touched.has('mapping') && mapping !== null && mappingOf(mapping) === undefined,
    groups: touched.has('groups') && groups.length === 0,
    priority: touched.has('priority') && !isWhole(priority),
    weight: touched.has('weight') && (!isWhole(weight) || weight.trim().startsWith('-')),
    baseUrl: touched.has('baseUrl') && !address.ok,
    paramOverride: object('paramOverride'),
    statusMapping: object('statusMapping'),
    headers: object('headers'),
    key: typed.key.trim() !== '' && !editedKey(typed.key, typeIn(channel, typed, place), place).ok,
  };
}

/** The fields that do not stand as they were shown. */
function touchedIn(channel: Channel, typed: ChannelTyped, place: ChannelPlace): Set<keyof ChannelTyped> {
  const shown = typedOf(channel, place);
  const names = Object.keys(shown) as (keyof ChannelTyped)[];
  return new Set(names.filter((name) => String(shown[name]) !== String(typed[name])));
}

/** Only the fields that were changed: all others are left to whoever else works at the site. */
export function changedFields(
  channel: Channel,
  typed: ChannelTyped,
  place: ChannelPlace,
): Partial<ChannelFields> {
  const { mapping } = typed;
  const touched = touchedIn(channel, typed, place);
  const address = editedAddress(typed.baseUrl, typeIn(channel, typed, place), place);
  const texts = (['tag', 'remark', 'testModel', 'paramOverride', 'statusMapping'] as const).filter((field) =>
    touched.has(field),
  );
  const wanted: Partial<ChannelFields> = {
    ...(touched.has('name') && { name: typed.name.trim() }),
    ...(touched.has('models') && { models: namesIn(typed.models).join(',') }),
    ...(touched.has('mapping') && mapping !== null && { mapping: mappingOf(mapping) ?? channel.mapping }),
    ...(touched.has('groups') && { group: typed.groups.join(',') }),
    ...(touched.has('priority') && { priority: Number(typed.priority) }),
    ...(touched.has('weight') && { weight: Number(typed.weight) }),
    ...(touched.has('baseUrl') && address.ok && { baseUrl: address.value }),
    ...(touched.has('format') && { type: typeIn(channel, typed, place) }),
    ...(touched.has('autoBan') && { autoBan: typed.autoBan ? 1 : 0 }),
    ...Object.fromEntries(texts.map((field) => [field, typed[field].trim()])),
  };
  return differingFields(channel, wanted);
}

/** What is to be written, with the secrets that were typed. */
export function askedFor(channel: Channel, typed: ChannelTyped, place: ChannelPlace): ChannelAsked {
  const headers = typed.headers.trim();
  const key = editedKey(typed.key, typeIn(channel, typed, place), place);
  const secrets = {
    ...(key.ok && { key: key.value }),
    ...(typed.noHeaders ? { headerOverride: '' } : headers && { headerOverride: headers }),
  };
  const fields = changedFields(channel, typed, place);
  return { fields, ...(Object.keys(secrets).length > 0 && { secrets }) };
}
