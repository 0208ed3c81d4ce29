import { FAMILIES, type Family } from '../management/lists-table.ts';
import { normalise, text } from '../management/normalise.ts';
import type { Entry } from '../management/schema.ts';
import type { Config } from '../store.ts';
import { entriesOf } from './groups.ts';
import { GROUPS, MOVES } from './layout.ts';
import { get, getIn, isNull, scalarValue, type MapNode, type Node } from './nodes.ts';
import { parseYaml } from './parse-yaml.ts';
import { entryOf, IN_FILE } from './structs.ts';

/** What the server has in memory after it has read a file, in either layout. */
export function loadConfig(file: string): Config {
  const root = parseYaml(file);
  const lists = FAMILIES.flatMap((family) => {
    const node = listNode(root, family);
    return node ? [[family, loadList(family, node)] as const] : [];
  });
  return { apiKeys: apiKeysOf(root), lists: Object.fromEntries(lists), settings: settingsOf(root) };
}

/** A list with its groups dissolved. What has its new name in the file is not looked for by its old one. */
export function listNode(root: MapNode, family: Family): Node | undefined {
  const group = GROUPS.find(([, list]) => list === family)![0];
  const groups = getIn(root, ['api-keys', group]);
  return groups?.kind === 'list' ? entriesOf(group, groups) : get(root, family);
}

/** Entries that lack what their family needs are in the file and not loaded. */
export function loadList(family: Family, node: Node): Entry[] {
  const items = node.kind === 'list' ? node.items : [];
  const entries = items.flatMap((item) => (item.kind === 'map' ? [entryOf(IN_FILE[family], item)] : []));
  return loadable(family, entries);
}

export function loadable(family: Family, entries: Entry[]): Entry[] {
  const kept = normalise(family, entries);
  return family === 'vertex-api-key' ? kept.filter((entry) => text(entry, 'api-key') !== '') : kept;
}

function apiKeysOf(root: MapNode): string[] | null {
  const old = get(root, 'api-keys');
  const node = getIn(root, ['access', 'api-keys']) ?? (old?.kind === 'list' ? old : undefined);
  if (node?.kind !== 'list') return null;
  return node.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []));
}

/** Where the server listens, what guards it, and what `GET /config` does not show. */
const HIDDEN =
  'api-keys host port tls auth-dir remote-management credential-concurrency credential-in-flight'.split(' ');

/** Settings by their old names. */
export function settingsOf(root: MapNode): Config['settings'] {
  const found = MOVES.filter(([old]) => !HIDDEN.includes(old)).flatMap(([old, path]) => {
    const node = getIn(root, path.split('/')) ?? get(root, old);
    return node && !isNull(node) ? [[old, toJs(node)] as const] : [];
  });
  return Object.fromEntries(found);
}

/** The value that is not JSON: a mapping with a key that is no text. */
export class NoJsonError extends Error {}

/** As the server makes JSON of a node, names in the order of the alphabet. */
export function toJs(node: Node): unknown {
  if (node.kind === 'scalar') return scalarValue(node);
  if (node.kind === 'list') return node.items.map(toJs);
  if (node.pairs.some(({ key }) => typeof scalarValue(key) !== 'string')) throw new NoJsonError();
  const pairs = node.pairs.map(({ key, value }) => [key.text, toJs(value)] as const);
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
