import type { ListName } from '../lists/list-traits';
import type { Provider } from '../provider';
import { familyOf } from './family';
import { groupOfEntry } from './new-group';

/**
 * An entry as lines of config.yaml: in the old layout an item of its list, in the new one a group with this name. Every
 * value is JSON, which YAML reads as it is.
 */
export function entryLines(list: ListName, entry: Provider, layout: 'old' | 'new', name: string): string {
  const lines =
    layout === 'old'
      ? [`${list}:`, ...itemLines('  ', entry)]
      : ['api-keys:', `  ${familyOf(list)}:`, ...itemLines('    ', groupOfEntry(list, entry, name))];
  return `${lines.join('\n')}\n`;
}

const itemLines = (indent: string, item: object): string[] =>
  Object.entries(item).map(
    ([field, value], at) => `${indent}${at === 0 ? '- ' : '  '}${field}: ${JSON.stringify(value)}`,
  );
