import { checkNames, checkTypes, SETTINGS } from './check-fields.ts';
import { checkGroups, checkSections, checkWeights, Invalid } from './check-groups.ts';
import { emitYaml } from './emit-yaml.ts';
import { toNewLayout } from './layout.ts';
import {
  emptyMap,
  fromJson,
  fromValue,
  get,
  getIn,
  isNull,
  mapAt,
  plain,
  remove,
  set,
  type MapNode,
  type Node,
} from './nodes.ts';
import { parseYaml } from './parse-yaml.ts';

/** Early 8.0.x pass a write through a typed save, later ones store the checked tree as it is. */
export type Stage = 'a' | 'b';

export interface Edit {
  method: 'PUT' | 'PATCH' | 'DELETE';
  /** Names of mappings from the root; none for the whole. */
  path: readonly string[];
  /** The parsed body. */
  value?: unknown;
}

/** The file after an edit, which makes it one of the new layout, or an Invalid. */
export function editFile(file: string, edit: Edit, stage: Stage): string {
  const root = toNewLayout(parseYaml(file), { unknown: 'comment' });
  const edited = apply(root, edit);
  checkSections(edited);
  checkGroups(edited);
  checkNames(edited);
  checkWeights(edited);
  checkTypes(edited);
  return emitYaml(stage === 'a' ? typed(edited) : edited, 4);
}

function apply(root: MapNode, { method, path, value }: Edit): MapNode {
  if (method === 'DELETE') return withoutNode(root, path);
  const clean = withoutIndexes(value, path);
  if (path.length === 0) return method === 'PUT' ? rootOf(clean, root) : patched(root, clean);
  const parent = mapAt(root, path.slice(0, -1));
  if (!parent) throw new Invalid(400, '', 'invalid_path');
  const name = path.at(-1)!;
  const current = get(parent, name);
  const merges = method === 'PATCH' && isObject(clean) && (!current || current.kind === 'map');
  set(parent, name, merges ? patched((current ?? emptyMap()) as MapNode, clean) : fromJson(clean));
  return root;
}

/** Mappings are merged, all else is replaced; null is a value like any other. */
function patched(map: MapNode, value: unknown): MapNode {
  for (const [name, item] of Object.entries(value as object)) {
    const current = get(map, name);
    const merges = isObject(item) && (!current || current.kind === 'map');
    set(map, name, merges ? patched((current ?? emptyMap()) as MapNode, item) : fromJson(item));
  }
  return map;
}

function rootOf(value: unknown, { foot }: MapNode): MapNode {
  const root = patched(emptyMap(), value);
  if (!get(root, 'config-version')) set(root, 'config-version', plain('8'));
  return { ...root, foot };
}

/** Parents that are left with nothing go, too. */
function withoutNode(root: MapNode, path: readonly string[]): MapNode {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = getIn(root, path.slice(0, depth - 1));
    const gone = parent?.kind === 'map' && remove(parent, path[depth - 1]!);
    if (!gone) throw new Invalid(404, '', 'not_found');
    if (parent.pairs.length > 0) break;
  }
  return root;
}

/** `auth_index` is the server's own, on groups and keys; anywhere else it is data. */
function withoutIndexes(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0 && isObject(value))
    return onEach(value, (item, name) => withoutIndexes(item, [name]));
  if (path[0] !== 'api-keys' || path.length > 2) return value;
  if (path.length === 1) return isObject(value) ? onEach(value, stripGroups) : value;
  return stripGroups(value);
}

function stripGroups(groups: unknown): unknown {
  if (!Array.isArray(groups)) return groups;
  return groups.map((group: unknown) => {
    if (!isObject(group)) return group;
    const keys: unknown = group['keys'];
    const own = stripped(group);
    return Array.isArray(keys)
      ? { ...own, keys: keys.map((key: unknown) => (isObject(key) ? stripped(key) : key)) }
      : own;
  });
}

function stripped(item: Record<string, unknown>): Record<string, unknown> {
  const names = ['auth_index', 'auth-index'];
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

const onEach = (
  value: Record<string, unknown>,
  change: (item: unknown, name: string) => unknown,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(item, name)]));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ZEROS: Record<string, unknown> = { string: '', int: 0, bool: false };

/**
 * What a typed save makes of the tree: the server's defaults are added, a setting without a value has its default, and
 * in groups what has no value goes.
 */
function typed(root: MapNode): MapNode {
  const full = toNewLayout(root, { defaults: true, unknown: 'keep' });
  for (const [path, kind] of Object.entries(SETTINGS)) {
    const names = path.split('/');
    const parent = getIn(full, names.slice(0, -1));
    const isUnset = parent?.kind === 'map' && isNull(get(parent, names.at(-1)!));
    if (isUnset) set(parent, names.at(-1)!, fromValue(ZEROS[kind as string] ?? []));
  }
  dropNulls(full);
  return full;
}

function dropNulls(node: Node): void {
  if (node.kind === 'list') node.items.forEach(dropNulls);
  if (node.kind !== 'map') return;
  node.pairs = node.pairs.filter(({ value }) => !isNull(value));
  node.pairs.forEach(({ value }) => dropNulls(value));
}
