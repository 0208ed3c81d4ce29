import type { ListNode, MapNode, Node, Scalar } from './nodes.ts';

/**
 * Writes a file as Go's YAML encoder does with this indentation, and comments of their own line at its left edge. Notes
 * in each node the line it is on, which error messages name.
 */
export function emitYaml(root: MapNode, indent: 2 | 4): string {
  const writer = new Writer(indent);
  if (root.pairs.length === 0) writer.line('{}');
  else writer.map(root, 0);
  if (root.foot?.length) writer.foot(root.foot);
  return writer.text();
}

class Writer {
  private readonly out: string[] = [];

  constructor(private readonly indent: number) {}

  text(): string {
    return `${this.out.join('\n')}\n`;
  }

  line(text: string): void {
    this.out.push(...text.split('\n'));
  }

  foot(comments: string[]): void {
    this.out.push('', ...comments);
  }

  /** `lead` stands in the place of the indentation of the first line. */
  map(map: MapNode, indent: number, lead = ' '.repeat(indent)): void {
    map.pairs.forEach(({ key, value }, i) => {
      this.comments(key);
      if (i === 0) map.at = this.next();
      key.at = this.next();
      const start = `${i === 0 ? lead : ' '.repeat(indent)}${scalarText(key)}:`;
      this.value(value, start, this.deeper(indent));
    });
  }

  private list(list: ListNode, indent: number): void {
    list.at = this.next();
    for (const item of list.items) {
      this.comments(item);
      const lead = `${' '.repeat(indent)}- `;
      if (item.kind === 'map' && isBlock(item)) this.map(item, indent + 2, lead);
      else this.value(item, lead.trimEnd(), this.deeper(indent));
    }
  }

  private value(value: Node, start: string, indent: number): void {
    if (value.kind !== 'scalar' && isBlock(value)) {
      this.line(start);
      if (value.kind === 'map') this.map(value, indent);
      else this.list(value, indent);
      return;
    }
    mark(value, this.next());
    const text = flowText(value, indent);
    this.line(`${start}${text === '' ? '' : ` ${text}`}${value.line ? ` ${value.line}` : ''}`);
  }

  private comments({ head }: Node): void {
    if (head) this.out.push(...head);
  }

  private next(): number {
    return this.out.length + 1;
  }

  private deeper(indent: number): number {
    return this.indent * Math.floor((indent + this.indent) / this.indent);
  }
}

const isBlock = (node: MapNode | ListNode): boolean =>
  !node.flow && (node.kind === 'map' ? node.pairs : node.items).length > 0;

function mark(node: Node, at: number): void {
  node.at = at;
  if (node.kind === 'list') node.items.forEach((item) => mark(item, at));
  if (node.kind === 'map') {
    for (const { key, value } of node.pairs) {
      key.at = at;
      mark(value, at);
    }
  }
}

function flowText(node: Node, indent: number): string {
  if (node.kind === 'scalar') return scalarText(node);
  if (node.kind === 'list') return `[${node.items.map((item) => flowText(item, indent)).join(', ')}]`;
  const pairs = node.pairs.map(({ key, value }) => {
    const head = key.head ? `\n${key.head.join('\n')}\n${' '.repeat(indent)}` : '';
    return `${head}${scalarText(key)}: ${flowText(value, indent)}`;
  });
  return `{${pairs.join(', ')}}`;
}

function scalarText({ text, style }: Scalar): string {
  if (style === 'plain') return text;
  return style === 'single' ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
