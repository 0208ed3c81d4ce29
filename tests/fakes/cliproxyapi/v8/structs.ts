import { STORED, type Family } from '../management/lists-table.ts';
import {
  decodeStruct,
  encodeStruct,
  type Entry,
  type Field,
  type Kind,
  type Struct,
} from '../management/schema.ts';
import { get, isNull, scalarValue, type MapNode, type Node } from './nodes.ts';

const flag = (name: string): Field => ({ name, kind: 'bool' });

function withMore(struct: Struct, inModels: Field, ...fields: Field[]): Struct {
  const more = struct.map((field): Field => {
    if (field.name !== 'models' || typeof field.kind !== 'object' || !('list' in field.kind)) return field;
    return { ...field, kind: { list: [...field.kind.list, inModels] } };
  });
  return [...more, ...fields];
}

const CODEX = withMore(
  STORED['codex-api-key'],
  flag('support-configuration-update'),
  flag('disable-codex-cloaking'),
);

/** The fields of a file of 8.x: those of 7.2 and what is new. */
export const IN_FILE: Record<Family | 'meta-api-key', Struct> = {
  ...STORED,
  'codex-api-key': CODEX,
  'xai-api-key': CODEX,
  'meta-api-key': CODEX,
  'openai-compatibility': withMore(STORED['openai-compatibility'], flag('use-max-completion-tokens')),
};

/** Two names have a line in JSON where the file has a dash. */
export const nameInFile = (name: string): string => name.replaceAll('_', '-');

/** An entry as it is loaded: what should be text is the text of the file, whatever type YAML would give it. */
export function entryOf(struct: Struct, node: MapNode): Entry {
  return decodeStruct(struct, valueOf({ struct }, node));
}

function valueOf(kind: Kind, node: Node): unknown {
  if (isNull(node) && kind !== 'string') return undefined;
  if (typeof kind === 'object') {
    if ('list' in kind) return itemsOf(node).map((item) => valueOf({ struct: kind.list }, item));
    if (node.kind !== 'map') return undefined;
    const pairs = kind.struct.flatMap((field) => {
      const value = get(node, nameInFile(field.name));
      return value ? [[field.name, valueOf(field.kind, value)] as const] : [];
    });
    return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
  }
  switch (kind) {
    case 'strings':
      return itemsOf(node).map(textOf);
    case 'map':
      return node.kind === 'map'
        ? Object.fromEntries(node.pairs.map(({ key, value }) => [key.text, textOf(value)]))
        : undefined;
    default:
      return node.kind === 'scalar' ? simpleOf(kind, scalarValue(node), node.text) : undefined;
  }
}

function simpleOf(kind: Kind & string, value: unknown, text: string): unknown {
  if (kind.startsWith('int')) return typeof value === 'number' ? Math.trunc(value) : undefined;
  if (kind.startsWith('bool')) return value === true || /^(?:y|yes|on)$/i.test(text);
  return value === null ? '' : text;
}

const itemsOf = (node: Node): Node[] => (node.kind === 'list' ? node.items : []);
const textOf = (node: Node): string => (node.kind === 'scalar' && !isNull(node) ? node.text : '');

/** An entry as the server would write it: with the fields that it always writes, and lists in the place of null. */
export function inFile(struct: Struct, entry: Entry): Record<string, unknown> {
  return namesInFile(encodeStruct(struct, entry)) as Record<string, unknown>;
}

/** An entry of v0's JSON under the names that it has in the file. */
export function namesInFile(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { models, thinking, ...rest } = value as Record<string, unknown>;
  const out: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    if (name === 'models') out[name] = ((models ?? []) as unknown[]).map(namesInFile);
    else if (name === 'thinking') out[name] = dashed(thinking as Record<string, unknown>);
    else out[name] = rest[name];
  }
  return out;
}

const dashed = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, item]) => [nameInFile(name), item]));
