import { isPlainObject } from '../json';
import { keyShape } from '../key-shape';
import { labelKind } from './labels';
import { pairVariables, prefixOf, type Variable } from './read-env';

/** A key in JSON with what its object, or an object around it, says about its relay. */
export interface CollectedKey {
  text: string;
  name: string;
  address: string;
}

interface Node {
  value: unknown;
  field: string;
  name: string;
  /** The name of the object that holds the list: for items without an address of their own. */
  listName: string;
  address: string;
  /** The nearest field name that may be a relay's; empty directly inside a list. */
  label: string;
}

/** Which address wins if an object has several. */
const ADDRESS_ORDER = [/base_?url$/i, /api_?(?:base|url|host)$/i, /endpoint/i, /^url$/i, /./];
/** Parts of a configuration, which are no names of relays. */
const PARTS =
  /^(?:options|env|config|settings|data|providers?|auth|value|api|default|root|custom|openai|keyvaults)$/i;

/** Every key in a JSON value, at any depth, in order. */
export function collectKeys(root: unknown): CollectedKey[] {
  const keys: CollectedKey[] = [];
  const open: Node[] = [{ value: root, field: '', name: '', listName: '', address: '', label: '' }];
  for (let node = open.pop(); node; node = open.pop()) {
    const { value } = node;
    if (typeof value === 'string') keys.push(...keysIn(value, node));
    else if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--)
        open.push({
          ...node,
          value: value[index],
          name: '',
          listName: node.name || node.listName,
          label: '',
        });
    } else if (isPlainObject(value)) {
      const inner = enter(value, node);
      const variables = pairedFields(value);
      keys.push(...variables.keys);
      for (const [field, child] of Object.entries(value).toReversed()) {
        if (variables.fields.has(field)) continue;
        const address = /^https?:\/\//i.test(field) ? field : inner.address;
        const label = PARTS.test(field) ? node.label : field;
        open.push({ value: child, field, name: inner.name, listName: '', address, label });
      }
    }
  }
  return keys;
}

/** The name and address of the relay that an object gives all keys in it. */
function enter(object: Record<string, unknown>, node: Node): { name: string; address: string } {
  const texts = Object.entries(object).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const addresses = texts.filter(([field, text]) => isAddress(field, text) && !isOfPrefix(field));
  const ranked = addresses.toSorted(([a], [b]) => rank(a) - rank(b));
  const address = ranked[0]?.[1].split(',')[0]?.trim() ?? '';
  const named = texts.find(([field]) => labelKind(field) === 'name')?.[1];
  const site = texts.find(([field, text]) => labelKind(field) === 'site' && !isAddress(field, text))?.[1];
  const own = (named ?? site ?? '').trim();
  return address
    ? { name: own || node.name || node.label, address }
    : { name: own || node.name || node.listName, address: node.address };
}

/** `HOSHI_BASE_URL` is the address for `HOSHI_API_KEY` alone. */
const isOfPrefix = (field: string): boolean => /^[A-Z][A-Z\d_]+$/.test(field) && prefixOf(field) !== '';

function isAddress(field: string, text: string): boolean {
  const kind = labelKind(field);
  if (kind !== 'url' && kind !== 'site') return false;
  return (
    text.length <= 500 &&
    /^(?:https?:\/\/\S+|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/\S*)?|localhost:\d+\S*)$/i.test(text)
  );
}

const rank = (field: string): number => ADDRESS_ORDER.findIndex((pattern) => pattern.test(field));

/** A field may hold several keys (New API: one a line). In other fields a key counts only by its prefix. */
function keysIn(text: string, { field, name, listName, address }: Node): CollectedKey[] {
  const kind = labelKind(field);
  if (kind === 'url' || kind === 'page' || kind === 'name' || text.length > 100_000) return [];
  const parts = kind === 'key' ? text.split(/[\s,;]+/) : [text.trim()];
  return parts.flatMap((part) => {
    const bare = part.replace(/^bearer\s+/i, '');
    const shape = keyShape(bare, kind === 'key' && address !== '');
    const sure = shape === 'prefixed' || (kind === 'key' && shape !== undefined);
    return sure ? [{ text: bare, name: name || listName, address }] : [];
  });
}

/** Upper-case fields are shell variables: each key goes with the address of its own prefix. */
function pairedFields(object: Record<string, unknown>): { keys: CollectedKey[]; fields: Set<string> } {
  const fields = Object.entries(object)
    .filter(
      (entry): entry is [string, string] => /^[A-Z][A-Z\d_]+$/.test(entry[0]) && typeof entry[1] === 'string',
    )
    .map(([name, value], line): Variable => ({ line, name, value }));
  const { found, used } = pairVariables(fields);
  return {
    keys: found.flatMap((one) =>
      one.kind === 'key' ? [{ text: one.text, name: '', address: one.address }] : [],
    ),
    fields: new Set(fields.filter(({ line }) => used.has(line)).map(({ name }) => name)),
  };
}
