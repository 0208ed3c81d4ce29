import { parseModels, type ModelNames } from './models';
import type { ChannelFields } from './channel';

type Fields = Partial<ChannelFields>;

export const namesOf = (channel: Pick<ChannelFields, 'models' | 'mapping'>): ModelNames | undefined =>
  parseModels(channel.models, channel.mapping);

/** The names of the fields of `wanted` in which a channel differs. */
export const differing = (channel: Fields, wanted: Fields): (keyof ChannelFields)[] =>
  (Object.keys(wanted) as (keyof ChannelFields)[]).filter((field) => !sameField(field, channel, wanted));

/** The fields of `wanted` in which a channel differs. */
export const differingFields = <F extends Fields>(channel: Fields, wanted: F): Partial<F> =>
  Object.fromEntries(differing(channel, wanted).map((field) => [field, wanted[field]])) as Partial<F>;

/** Whether a channel has these values. */
export const holds = (channel: Fields, values: Fields): boolean => differing(channel, values).length === 0;

/**
 * Whether a channel was made with these fields. Compares only what every server keeps as it was sent: One Hub has no weight
 * of zero, One API no tag.
 */
export const isMadeOf = (channel: Fields, { name, type, baseUrl, models, mapping }: Fields): boolean =>
  holds(channel, { name, type, baseUrl, models, mapping });

/** Lists are equal in any order, as servers sort them; so are mappings, and an empty one is none. */
function sameField(field: keyof ChannelFields, a: Fields, b: Fields): boolean {
  if (field === 'models' || field === 'group') return sortedList(a[field]) === sortedList(b[field]);
  if (field === 'mapping') return sortedMapping(a.mapping) === sortedMapping(b.mapping);
  return a[field] === b[field];
}

/** The names in a comma-separated text, each once. */
export const splitList = (text: string): string[] => {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names.filter(Boolean))];
};

const sortedList = (text = ''): string => splitList(text).sort().join(',');

function sortedMapping(text = ''): string {
  const names = parseModels('', text);
  if (!names) return text;
  return JSON.stringify([...names.mapping].sort(([a], [b]) => (a < b ? -1 : 1)));
}
