import { parseModels, type ModelNames } from './models';
import type { ChannelFields } from './channel';

export const namesOf = (channel: Pick<ChannelFields, 'models' | 'mapping'>): ModelNames | undefined =>
  parseModels(channel.models, channel.mapping);

/** The fields of `wanted` in which a channel differs, as `sameField` compares them. */
export const differing = (channel: ChannelFields, wanted: Partial<ChannelFields>): (keyof ChannelFields)[] =>
  (Object.keys(wanted) as (keyof ChannelFields)[]).filter((field) => !sameField(field, channel, wanted));

/** Lists are equal in any order, as servers sort them; so are mappings, and an empty one is none. */
function sameField(
  field: keyof ChannelFields,
  a: Partial<ChannelFields>,
  b: Partial<ChannelFields>,
): boolean {
  if (field === 'models' || field === 'group') return sortedList(a[field]) === sortedList(b[field]);
  if (field === 'mapping') return sortedMapping(a.mapping) === sortedMapping(b.mapping);
  return a[field] === b[field];
}

export const splitList = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ),
];

const sortedList = (text = ''): string => splitList(text).sort().join(',');

function sortedMapping(text = ''): string {
  const names = parseModels('', text);
  if (!names) return text;
  return JSON.stringify([...names.mapping].sort(([a], [b]) => (a < b ? -1 : 1)));
}
