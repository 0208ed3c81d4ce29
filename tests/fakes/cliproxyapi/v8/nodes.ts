/** A YAML file as the server edits it: with its quotes, its flow style and its comments, which all survive a write. */
export type Node = MapNode | ListNode | Scalar;

interface Commented {
  /** Lines of comment above, each with its `#`. */
  head?: string[];
  /** The comment at the end of the line. */
  line?: string;
  /** Where it begins in the text that was written last, from 1. */
  at?: number;
}

export interface Scalar extends Commented {
  kind: 'scalar';
  text: string;
  style: 'plain' | 'single' | 'double';
}

export interface ListNode extends Commented {
  kind: 'list';
  flow: boolean;
  items: Node[];
}

export interface Pair {
  key: Scalar;
  value: Node;
}

export interface MapNode extends Commented {
  kind: 'map';
  flow: boolean;
  pairs: Pair[];
  /** Lines of comment after the whole. */
  foot?: string[];
}

export const plain = (text: string): Scalar => ({ kind: 'scalar', text, style: 'plain' });
export const emptyMap = (): MapNode => ({ kind: 'map', flow: false, pairs: [] });
export const listOf = (items: Node[]): ListNode => ({ kind: 'list', flow: false, items });

export function getIn(node: Node | undefined, path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((at, name) => (at?.kind === 'map' ? get(at, name) : undefined), node);
}

export const get = (map: MapNode, name: string): Node | undefined =>
  map.pairs.find(({ key }) => key.text === name)?.value;

/** Replaces a value in its place, or adds it at the end. */
export function set(map: MapNode, name: string, value: Node, key: Scalar = plain(name)): void {
  const pair = map.pairs.find((candidate) => candidate.key.text === name);
  if (pair) pair.value = value;
  else map.pairs.push({ key, value });
}

export function remove(map: MapNode, name: string): boolean {
  const at = map.pairs.findIndex(({ key }) => key.text === name);
  if (at >= 0) map.pairs.splice(at, 1);
  return at >= 0;
}

/** Undefined where the way leads through something that is no mapping. */
export function mapAt(root: MapNode, path: readonly string[]): MapNode | undefined {
  return path.reduce<MapNode | undefined>((at, name) => {
    if (!at) return undefined;
    const next = get(at, name) ?? emptyMap();
    if (next.kind !== 'map') return undefined;
    set(at, name, next);
    return next;
  }, root);
}

/** What a JSON body becomes in the file: one line, with all texts in double quotes. */
export function fromJson(value: unknown): Node {
  if (Array.isArray(value)) return { kind: 'list', flow: true, items: value.map(fromJson) };
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([name, item]) => ({ key: quoted(name), value: fromJson(item) }));
    return { kind: 'map', flow: true, pairs };
  }
  return typeof value === 'string' ? quoted(value) : plain(String(value));
}

const quoted = (text: string): Scalar => ({ kind: 'scalar', text, style: 'double' });

/** What the server makes of its own values: blocks, and quotes only where they are needed. */
export function fromValue(value: unknown): Node {
  if (Array.isArray(value)) return listOf(value.map(fromValue));
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([name, item]) => ({
      key: textNode(name),
      value: fromValue(item),
    }));
    return { kind: 'map', flow: false, pairs };
  }
  return typeof value === 'string' ? textNode(value) : plain(String(value));
}

function textNode(text: string): Scalar {
  if (text === '' || typeof scalarValue(plain(text)) !== 'string') return quoted(text);
  const special = /^[\s\-?:,[\]{}#&*!|>'"%@`]|: |:$| #|\s$/.test(text) && !/^[-?:][^\s]/.test(text);
  return special ? { kind: 'scalar', text, style: 'single' } : plain(text);
}

/** What YAML makes of a scalar that nobody gave a type: an unquoted 0123 is 83, a day is a moment. */
export function scalarValue({ text, style }: Scalar): unknown {
  if (style !== 'plain') return text;
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^[-+]?0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  if (/^[-+]?(?:0|[1-9]\d*)$/.test(text)) return Number(text);
  if (/^0o[0-7]+$|^0x[0-9a-fA-F]+$|^0b[01]+$/.test(text)) return Number(text);
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
}

export const isNull = (node: Node | undefined): boolean =>
  node?.kind === 'scalar' && scalarValue(node) === null;

/** Lists and mappings of several lines in place of those of one. */
export function toBlocks(node: Node): void {
  if (node.kind === 'scalar') return;
  node.flow = false;
  if (node.kind === 'list') node.items.forEach(toBlocks);
  else node.pairs.forEach(({ value }) => toBlocks(value));
}
