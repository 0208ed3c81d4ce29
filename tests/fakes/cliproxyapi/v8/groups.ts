import {
  emptyMap,
  get,
  isNull,
  listOf,
  plain,
  set,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
} from './nodes.ts';

export const COMPAT = 'openai-compatibility';
const words = (text: string): string[] => text.split(' ');

/** Fields of a group that each of its keys has, unless the key says otherwise. */
export const SHARED: readonly string[] = words(
  'priority prefix proxy-url headers models excluded-models disable-cooling request-retry request-scoped-errors',
);

/** A list of the old layout as groups: one for each key, but a provider as it is. */
export function groupsOf(family: string, list: Node): ListNode {
  if (list.kind !== 'list') return listOf([]);
  const groups = list.items.map((item, i) => {
    if (item.kind !== 'map') return item;
    return family === COMPAT ? renamed(item, 'api-key-entries', 'keys') : groupOf(`${family}-${i + 1}`, item);
  });
  return { ...list, items: groups };
}

function groupOf(name: string, entry: MapNode): MapNode {
  const isShared = ({ key }: Pair): boolean => key.text === 'base-url' || SHARED.includes(key.text);
  const group = { ...emptyMap(), ...(entry.head ? { head: entry.head } : {}) };
  set(group, 'name', plain(name));
  group.pairs.push(...entry.pairs.filter(isShared));
  const own = { ...emptyMap(), pairs: entry.pairs.filter((pair) => !isShared(pair)) };
  set(group, 'keys', listOf([own]));
  return group;
}

/** Groups as a list of the old layout, where every key has what it has from its group. */
export function entriesOf(family: string, groups: ListNode): ListNode {
  const items = groups.items.flatMap((group): Node[] => {
    if (group.kind !== 'map') return [];
    return family === COMPAT ? [renamed(group, 'keys', 'api-key-entries')] : keysOf(group);
  });
  return listOf(items);
}

function keysOf(group: MapNode): MapNode[] {
  const keys = get(group, 'keys');
  const inherited = group.pairs.filter(({ key }) => key.text !== 'name' && key.text !== 'keys');
  const own = keys?.kind === 'list' ? keys.items.filter((key) => key.kind === 'map') : [];
  return own.map((key) => {
    const entry: MapNode = { ...emptyMap(), pairs: inherited.map((pair) => structuredClone(pair)) };
    for (const pair of key.pairs) {
      // No value: what the group has.
      const inherits = isNull(pair.value) && SHARED.includes(pair.key.text);
      if (!inherits) set(entry, pair.key.text, pair.value, pair.key);
    }
    return entry;
  });
}

/** The keys of a provider are its last field, and there even if there are none. */
function renamed(provider: MapNode, from: string, to: string): MapNode {
  const pairs = provider.pairs.filter(({ key }) => key.text !== from);
  const value = get(provider, from) ?? listOf([]);
  return { ...provider, pairs: [...pairs, { key: plain(to), value }] };
}
