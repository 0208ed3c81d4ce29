import type { Channel, ChannelFields } from '../../core/channels/channel';
import { differingFields, splitList } from '../../core/channels/compare';
import { parseModels } from '../../core/channels/models';

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
}

export const typedOf = (channel: Channel): ChannelTyped => ({
  name: channel.name,
  models: splitList(channel.models).join('\n'),
  mapping: mappingLines(channel.mapping),
  groups: splitList(channel.group),
  priority: String(channel.priority),
  weight: String(channel.weight),
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

const namesIn = (lines: string): string[] => splitList(lines.replaceAll('\n', ','));

const isWhole = (text: string): boolean => /^-?\d{1,9}$/.test(text.trim() || '0');

/** What cannot be saved, of what was touched: what stands there otherwise is the site's own affair. */
export function wrongIn(channel: Channel, typed: ChannelTyped): Record<keyof ChannelTyped, boolean> {
  const touched = touchedIn(channel, typed);
  return {
    name: touched.has('name') && !typed.name.trim(),
    models: touched.has('models') && namesIn(typed.models).length === 0,
    mapping: touched.has('mapping') && typed.mapping !== null && mappingOf(typed.mapping) === undefined,
    groups: touched.has('groups') && typed.groups.length === 0,
    priority: touched.has('priority') && !isWhole(typed.priority),
    weight: touched.has('weight') && (!isWhole(typed.weight) || typed.weight.trim().startsWith('-')),
  };
}

/** The fields that do not stand as they were shown. */
function touchedIn(channel: Channel, typed: ChannelTyped): Set<keyof ChannelTyped> {
  const shown = typedOf(channel);
  const names = Object.keys(shown) as (keyof ChannelTyped)[];
  return new Set(names.filter((name) => String(shown[name]) !== String(typed[name])));
}

/** Only the fields that were changed: all others are left to whoever else works at the site. */
export function changedFields(channel: Channel, typed: ChannelTyped): Partial<ChannelFields> {
  const { mapping } = typed;
  const touched = touchedIn(channel, typed);
  const wanted: Partial<ChannelFields> = {
    ...(touched.has('name') && { name: typed.name.trim() }),
    ...(touched.has('models') && { models: namesIn(typed.models).join(',') }),
    ...(touched.has('mapping') && mapping !== null && { mapping: mappingOf(mapping) ?? channel.mapping }),
    ...(touched.has('groups') && { group: typed.groups.join(',') }),
    ...(touched.has('priority') && { priority: Number(typed.priority) }),
    ...(touched.has('weight') && { weight: Number(typed.weight) }),
  };
  return differingFields(channel, wanted);
}
