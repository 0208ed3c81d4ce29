import { createHash } from 'node:crypto';
import type { Family } from '../management/lists-table.ts';
import { keysOf } from '../management/normalise.ts';
import type { Entry } from '../management/schema.ts';
import { credentialsOf } from '../serving/credentials.ts';
import { COMPAT, entriesOf } from './groups.ts';
import { GROUPS, toNewLayout } from './layout.ts';
import { loadable, toJs } from './load.ts';
import { fromValue, getIn, listOf, plain, set, type MapNode, type Node } from './nodes.ts';
import { parseYaml } from './parse-yaml.ts';
import { entryOf, IN_FILE } from './structs.ts';

/** A file of either layout in the names of 8.x, without what the server does not know. */
export const viewOf = (file: string): MapNode => ({
  ...toNewLayout(parseYaml(file), { unknown: 'comment' }),
});

/** The JSON of a node of the view, undefined if there is none; throws a NoJsonError where it cannot be JSON. */
export function nodeJson(file: string, path: readonly string[], withIndexes: boolean): unknown {
  const root = viewOf(file);
  if (withIndexes) GROUPS.forEach(([group, list]) => addIndexes(root, group, list));
  const node = getIn(root, path);
  return node && toJs(node);
}

/** The name of the present state of a file, as a fork tells it. */
export const etagOf = (file: string): string =>
  `"${createHash('sha256').update(file).digest('hex').slice(0, 32)}"`;

/**
 * Adds `auth_index` to each key that would be loaded, or to a provider without keys. It is made of the file, so equal
 * keys show the same, and it says nothing about what is live.
 */
function addIndexes(root: MapNode, group: string, list: Family | 'meta-api-key'): void {
  const groups = getIn(root, ['api-keys', group]);
  if (groups?.kind !== 'list' || list === 'meta-api-key') return;
  for (const item of groups.items) {
    if (item.kind !== 'map') continue;
    const keys = getIn(item, ['keys']);
    const items = keys?.kind === 'list' ? keys.items.filter((key) => key.kind === 'map') : [];
    const indexes = indexesOf(group, list, item);
    if (group === COMPAT && items.length === 0) mark(item, indexes[0]);
    else items.forEach((key, i) => mark(key, indexes[i]));
  }
}

function indexesOf(group: string, family: Family, item: MapNode): (string | undefined)[] {
  const entries = entriesOf(group, listOf([item]));
  return entries.items.flatMap((node: Node) => {
    const entry = entryOf(IN_FILE[family], node as MapNode);
    return indexesOfEntry(family, entry);
  });
}

function indexesOfEntry(family: Family, entry: Entry): (string | undefined)[] {
  const loaded = loadable(family, [entry]);
  const found = credentialsOf(family, loaded)
    .flat()
    .map(({ authIndex }) => authIndex);
  const slots = family === COMPAT ? Math.max(keysOf(entry).length, 1) : 1;
  return Array.from({ length: slots }, (_, i) => found[i]);
}

function mark(node: MapNode, index: string | undefined): void {
  if (index !== undefined) set(node, 'auth_index', fromValue(index), plain('auth_index'));
}
