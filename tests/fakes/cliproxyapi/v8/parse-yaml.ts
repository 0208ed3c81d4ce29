import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml';
import { emptyMap, plain, type MapNode, type Node, type Scalar } from './nodes.ts';

export class YamlError extends Error {}

/** Reads a file, or throws a YamlError. Anchors are expanded, as the server does when it writes. */
export function parseYaml(text: string): MapNode {
  // `failsafe` leaves every scalar the text that it is.
  const document = parseDocument(text, { schema: 'failsafe' });
  const [error] = document.errors;
  if (error) throw new YamlError(error.message);
  if (document.contents === null) return emptyMap();
  const root = nodeOf(document.contents, document);
  if (root.kind !== 'map') throw new YamlError('yaml: unmarshal errors: cannot unmarshal into config.Config');
  const [first] = root.pairs;
  if (first && document.commentBefore) first.key.head ??= lines(document.commentBefore);
  if (document.comment) root.foot = lines(document.comment);
  return root;
}

/** The comment below a name stands above the first thing that has it. */
function lowered(node: Node): Node {
  const first = node.kind === 'map' ? node.pairs[0]?.key : node.kind === 'list' ? node.items[0] : undefined;
  if (!first || !node.head) return node;
  first.head ??= node.head;
  delete node.head;
  return node;
}

interface Comments {
  commentBefore?: string | null;
  comment?: string | null;
}

function nodeOf(source: unknown, document: Document): Node {
  if (isAlias(source)) return nodeOf(source.resolve(document), document);
  if (isSeq(source)) {
    const items = source.items.map((item) => nodeOf(item, document));
    return lowered({ kind: 'list', flow: source.flow === true, items, ...headOf(source) });
  }
  if (isMap(source)) {
    const pairs = source.items.map((pair) => ({
      key: nodeOf(pair.key, document) as Scalar,
      value: lowered(nodeOf(pair.value, document)),
    }));
    return { kind: 'map', flow: source.flow === true, pairs, ...headOf(source) };
  }
  if (!isScalar(source)) return plain('');
  return {
    ...scalarOf(source),
    ...headOf(source),
    ...(source.comment ? { line: `#${source.comment}` } : {}),
  };
}

function scalarOf({ value, type }: { value: unknown; type?: string }): Scalar {
  const text = typeof value === 'string' ? value : '';
  if (type === 'QUOTE_SINGLE') return { kind: 'scalar', text, style: 'single' };
  return type === 'PLAIN' ? plain(text) : { kind: 'scalar', text, style: 'double' };
}

const headOf = ({ commentBefore }: Comments): { head?: string[] } =>
  commentBefore ? { head: lines(commentBefore) } : {};

const lines = (comment: string): string[] => comment.split('\n').map((line) => `#${line}`);
