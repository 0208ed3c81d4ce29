/**
 * The server decodes bodies into fixed structures: names match in any letter case, unknown fields are dropped, null
 * leaves the default, and one value of a wrong type refuses the whole body.
 */
export type Kind =
  | 'string'
  | 'int'
  | 'bool'
  | 'string?'
  | 'int?'
  | 'bool?'
  | 'strings'
  | 'map'
  | 'raw'
  | { list: Struct }
  | { struct: Struct };

export interface Field {
  name: string;
  kind: Kind;
  /** Emitted even when it holds the default. */
  always?: boolean;
}

export type Struct = readonly Field[];

/** A decoded entry. Values are of the kind of their field; what is optional and unset is undefined. */
export type Entry = Record<string, unknown>;

export class DecodeError extends Error {}

const DEFAULTS: Record<string, unknown> = { string: '', int: 0, bool: false };

export function decodeList(struct: Struct, value: unknown): Entry[] {
  if (!Array.isArray(value)) throw new DecodeError('not an array');
  return value.map((item) => decodeStruct(struct, item));
}

export function decodeStruct(struct: Struct, value: unknown): Entry {
  const entry: Entry = {};
  for (const field of struct) {
    if (typeof field.kind === 'string') entry[field.name] = DEFAULTS[field.kind];
  }
  if (value === null || value === undefined) return entry;
  if (typeof value !== 'object' || Array.isArray(value)) throw new DecodeError('not an object');
  for (const [key, item] of Object.entries(value)) {
    const field = findField(struct, key);
    if (field && (item !== null || field.kind === 'raw')) entry[field.name] = decode(field.kind, item);
  }
  return entry;
}

function findField(struct: Struct, key: string): Field | undefined {
  const lower = key.toLowerCase();
  return (
    struct.find((field) => field.name === key) ?? struct.find((field) => field.name.toLowerCase() === lower)
  );
}

function decode(kind: Kind, value: unknown): unknown {
  if (typeof kind === 'object') {
    return 'list' in kind ? decodeList(kind.list, value) : decodeStruct(kind.struct, value);
  }
  switch (kind) {
    case 'raw':
      return value;
    case 'string':
    case 'string?':
      return expectType(value, 'string');
    case 'bool':
    case 'bool?':
      return expectType(value, 'boolean');
    case 'int':
    case 'int?':
      if (!Number.isInteger(value)) throw new DecodeError('not an integer');
      return value;
    case 'strings':
      if (!Array.isArray(value)) throw new DecodeError('not an array');
      return value.map((item) => expectType(item ?? '', 'string'));
    case 'map':
      return decodeMap(value);
  }
}

function decodeMap(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DecodeError('not an object');
  const pairs = Object.entries(value).map(([key, item]) => [key, expectType(item ?? '', 'string')] as const);
  return Object.fromEntries(pairs) as Record<string, string>;
}

function expectType(value: unknown, type: 'string' | 'boolean'): unknown {
  if (typeof value !== type) throw new DecodeError(`not a ${type}`);
  return value;
}

export function encodeList(struct: Struct, entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => encodeStruct(struct, entry));
}

export function encodeStruct(struct: Struct, entry: Entry): Entry {
  const out: Entry = {};
  for (const { name, kind, always } of struct) {
    const value = entry[name];
    if (!always && isDefault(value, kind)) continue;
    out[name] = value === undefined ? null : encode(kind, value);
  }
  return out;
}

function encode(kind: Kind, value: unknown): unknown {
  if (typeof kind !== 'object' || value === null) return value;
  return 'list' in kind ? encodeList(kind.list, value as Entry[]) : encodeStruct(kind.struct, value as Entry);
}

/** Optional values count as unset only when they are absent: an explicit 0 or false is kept. */
function isDefault(value: unknown, kind: Kind): boolean {
  if (value === undefined || value === null) return true;
  if (kind === 'int?' || kind === 'bool?' || (typeof kind === 'object' && 'struct' in kind)) return false;
  if (Array.isArray(value)) return value.length === 0;
  if (kind === 'map') return Object.keys(value).length === 0;
  return value === DEFAULTS[kind as string];
}
