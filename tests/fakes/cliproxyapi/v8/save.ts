import { FAMILIES, type Family } from '../management/lists-table.ts';
import type { Config } from '../store.ts';
import { cleanGroups } from './clean-groups.ts';
import { emitYaml } from './emit-yaml.ts';
import { groupsOf } from './groups.ts';
import { ADDED, GROUPS, hasNewSection, MOVES, toNewLayout } from './layout.ts';
import { listNode, loadList, settingsOf } from './load.ts';
import { mergeList } from './merge.ts';
import { fromValue, get, getIn, listOf, mapAt, remove, set, toBlocks, type MapNode } from './nodes.ts';
import { parseYaml } from './parse-yaml.ts';
import { inFile, IN_FILE } from './structs.ts';

/**
 * A save from memory, as v0 makes it: memory is laid over the file. A file in the old layout stays in it, unless this is
 * to `migrate` it; one that has anything new becomes new as a whole, and of a family that changed the groups are lost.
 */
export function saveMemory(memory: Config, file: string, migrate = false): string {
  const root = parseYaml(file);
  return migrate || hasNewSection(root) ? saveNew(memory, root) : saveOld(memory, root);
}

function saveOld(memory: Config, root: MapNode): string {
  const before = settingsOf(root);
  for (const [name, value] of changed(memory, before)) set(root, name, fromValue(value));
  saveKeys(memory, root, 'api-keys');
  for (const [name, value] of ADDED) if (!get(root, name)) set(root, name, fromValue(value));
  for (const family of FAMILIES) {
    const merged = mergedList(memory, root, family);
    if (merged) set(root, family, merged);
  }
  return emitYaml(root, 2);
}

function saveNew(memory: Config, source: MapNode): string {
  const before = settingsOf(source);
  const wasNew = get(source, 'config-version') !== undefined;
  const root = toNewLayout(source, { defaults: true, unknown: 'keep' });
  const version = root.pairs.find(({ key }) => key.text === 'config-version')!;
  if (wasNew) {
    remove(root, 'config-version');
    root.pairs.unshift(version);
  }
  for (const [name, value] of changed(memory, before)) {
    const path = MOVES.find(([old]) => old === name)?.[1].split('/');
    const parent = path && mapAt(root, path.slice(0, -1));
    if (parent) set(parent, path.at(-1)!, fromValue(value));
  }
  saveKeys(memory, mapAt(root, ['access'])!, 'api-keys');
  for (const family of FAMILIES) saveGroups(memory, root, family);
  toBlocks(root);
  return emitYaml(root, 4);
}

/** Groups stay where what they are loaded as is what is in memory; only what is not known goes from them. */
function saveGroups(memory: Config, root: MapNode, family: Family): void {
  const group = GROUPS.find(([, list]) => list === family)![0];
  const node = listNode(root, family);
  const stored = node && loadList(family, node);
  const groups = getIn(root, ['api-keys', group]);
  if (groups && sameLists(family, stored, memory.lists[family])) return cleanGroups(group, family, groups);
  const merged = mergedList(memory, root, family);
  if (merged) set(mapAt(root, ['api-keys'])!, group, groupsOf(group, merged));
}

function sameLists(family: Family, a: Config['lists'][Family], b: Config['lists'][Family]): boolean {
  const textOf = (list: Config['lists'][Family]): string =>
    JSON.stringify((list ?? []).map((entry) => inFile(IN_FILE[family], entry)));
  return textOf(a) === textOf(b);
}

/** Undefined where there is no list and none to write. */
function mergedList(memory: Config, root: MapNode, family: Family) {
  const list = (memory.lists[family] ?? []).map((entry) => inFile(IN_FILE[family], entry));
  const node = listNode(root, family);
  if (!node && list.length === 0) return undefined;
  return mergeList(node?.kind === 'list' ? node : listOf([]), list);
}

const changed = (memory: Config, before: Config['settings']): [string, unknown][] =>
  Object.entries(memory.settings).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  );

function saveKeys(memory: Config, parent: MapNode, name: string): void {
  const node = get(parent, name);
  if (!node && !memory.apiKeys?.length) return;
  set(parent, name, mergeList(node?.kind === 'list' ? node : listOf([]), memory.apiKeys ?? []));
}
