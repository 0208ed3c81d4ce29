import type { Family } from '../management/lists-table.ts';
import type { Kind, Struct } from '../management/schema.ts';
import { COMPAT, SHARED } from './groups.ts';
import { get, listOf, set, type MapNode, type Node, type Pair } from './nodes.ts';
import { IN_FILE, nameInFile } from './structs.ts';

/** A save from memory leaves nothing in a group that the server does not know, and no group without a list of keys. */
export function cleanGroups(group: string, family: Family, groups: Node): void {
  if (groups.kind !== 'list') return;
  const struct = IN_FILE[family];
  const keys = group === COMPAT ? kindOf(struct, 'api-key-entries') : { list: struct };
  const inGroup =
    group === COMPAT ? struct : struct.filter(({ name }) => name === 'base-url' || SHARED.includes(name));
  for (const item of groups.items) {
    if (item.kind !== 'map') continue;
    clean(item, [...inGroup, { name: 'name', kind: 'string' }, { name: 'keys', kind: keys }]);
    if (get(item, 'keys')?.kind !== 'list') set(item, 'keys', listOf([]));
  }
}

const kindOf = (struct: Struct, wanted: string): Kind => struct.find(({ name }) => name === wanted)!.kind;

function clean(map: MapNode, struct: Struct): void {
  const fieldOf = ({ key }: Pair) => struct.find(({ name }) => nameInFile(name) === key.text);
  map.pairs = map.pairs.filter(fieldOf);
  for (const pair of map.pairs) cleanInside(pair.value, fieldOf(pair)!.kind);
}

function cleanInside(value: Node, kind: Kind): void {
  if (typeof kind !== 'object') return;
  if ('struct' in kind && value.kind === 'map') clean(value, kind.struct);
  if (!('list' in kind) || value.kind !== 'list') return;
  for (const item of value.items) if (item.kind === 'map') clean(item, kind.list);
}
