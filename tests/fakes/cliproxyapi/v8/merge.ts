import { fromValue, get, set, type ListNode, type MapNode, type Node } from './nodes.ts';

type Item = Record<string, unknown>;

/** Where 0 and false are not the same as nothing. */
const OPTIONAL = new Set(['weight', 'disable-cooling', 'request-retry', 'cache-user-id']);

/**
 * A list laid over the one of the file: an item over the one of its name, else of its key. Fields of an item that memory
 * does not have go, also those the server never knew; of a mapping inside an item none goes.
 */
export function mergeList(file: ListNode, list: readonly unknown[]): ListNode {
  const left = [...file.items];
  const items = list.map((value) => {
    const at = left.findIndex((node) => identityOf(node) === identity(value));
    if (at < 0) return fromValue(value);
    const [node] = left.splice(at, 1);
    const merged = mergeNode(node!, value);
    if (merged.kind === 'map') merged.pairs = merged.pairs.filter(({ key }) => key.text in (value as Item));
    return merged;
  });
  return { ...file, items };
}

function mergeNode(node: Node, value: unknown): Node {
  if (Array.isArray(value)) return node.kind === 'list' ? mergeList(node, value) : fromValue(value);
  if (typeof value === 'object' && value !== null) {
    return node.kind === 'map' ? mergeMap(node, value as Item) : fromValue(value);
  }
  const fresh = fromValue(value);
  if (node.kind !== 'scalar' || fresh.kind !== 'scalar') return fresh;
  if (node.text === fresh.text) return node;
  // A text keeps its quotes, a line keeps its comment.
  const style = typeof value === 'string' && node.style !== 'plain' ? node.style : fresh.style;
  return { ...node, text: fresh.text, style };
}

function mergeMap(node: MapNode, value: Item): MapNode {
  for (const [name, item] of Object.entries(value)) {
    const known = get(node, name);
    if (known) set(node, name, mergeNode(known, item));
    else if (OPTIONAL.has(name) || !isZero(item)) set(node, name, fromValue(item));
  }
  return node;
}

/** Not added to an item that is in the file without it. */
function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === '' || value === 0 || value === false || value === null;
}

function identity(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const item = value as Item;
  return item['name'] ?? item['api-key'];
}

function identityOf(node: Node): unknown {
  if (node.kind !== 'map') return node.kind === 'scalar' ? node.text : undefined;
  const named = get(node, 'name') ?? get(node, 'api-key');
  return named?.kind === 'scalar' ? named.text.trim() : undefined;
}
