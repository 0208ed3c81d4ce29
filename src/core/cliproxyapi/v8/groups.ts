import { isPlainObject } from '../../json';

/** The families that `/v8/management/config/api-keys` has in CLIProxyAPI 8.0. */
export const GROUP_FAMILIES = [
  'gemini',
  'interactions',
  'vertex',
  'codex',
  'claude',
  'xai',
  'meta',
  'openai-compatibility',
] as const;
export type GroupFamily = (typeof GROUP_FAMILIES)[number];

type JsonObject = Record<string, unknown>;

/** A relay with its keys. All fields but `keys` are as they came, also those that nobody here knows. */
export interface Group extends JsonObject {
  /** Null or absent: no key at all, and then no write by `/v8` passes until a list is there. */
  keys?: JsonObject[] | null;
}

/** Where something is, without its value: that may be a key. */
export interface GroupPlace {
  family: GroupFamily;
  /** Its place in the list of the family. */
  group: number;
  /** Below the group, such as `keys[1].api-key`. */
  field: string;
}

/** One look at all groups. It holds keys. */
export interface GroupsRead {
  /** Families that the file has, without the server's own `auth_index`. */
  families: Partial<Record<GroupFamily, readonly Group[]>>;
  /** Families that are not known here, as they came. */
  others: JsonObject;
  /** What should be text and is not. Writing it back could change it: an unquoted 0123 comes as 83. */
  notText: GroupPlace[];
  /** Groups whose keys have no value. */
  withoutKeys: GroupPlace[];
}

/**
 * The answer of `GET /v8/management/config/api-keys` (CLIProxyAPI 8.0), parsed. A 404 is to be given as `{}`. Undefined
 * when it is not what that gives: nothing may be planned on it then, least of all "empty".
 */
export function readGroups(json: unknown): GroupsRead | undefined {
  if (!isPlainObject(json)) return undefined;
  const read: GroupsRead = { families: {}, others: {}, notText: [], withoutKeys: [] };
  for (const [name, value] of Object.entries(json)) {
    if (!isFamily(name)) {
      Object.defineProperty(read.others, name, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      continue;
    }
    if (!Array.isArray(value) || !value.every(isGroup)) return undefined;
    value.forEach((group, at) => note(read, name, group, at));
    read.families[name] = value.map(withoutIndexes);
  }
  return read;
}

const isFamily = (name: string): name is GroupFamily => (GROUP_FAMILIES as readonly string[]).includes(name);

function isGroup(value: unknown): value is Group {
  if (!isPlainObject(value)) return false;
  const keys = value['keys'] ?? [];
  return Array.isArray(keys) && keys.every(isPlainObject);
}

/** On groups and their keys only: a header of that name is the user's. */
function withoutIndexes(group: Group): Group {
  const own = withoutIndex(group);
  return group.keys ? { ...own, keys: group.keys.map(withoutIndex) } : own;
}

function withoutIndex<T extends JsonObject>(item: T): T {
  const { auth_index: _, 'auth-index': __, ...rest } = item;
  return rest as unknown as T;
}

function note(read: GroupsRead, family: GroupFamily, group: Group, at: number): void {
  const place = (field: string): GroupPlace => ({ family, group: at, field });
  const { keys } = group;
  if (!keys) read.withoutKeys.push(place('keys'));
  const fields = [
    ...notTextIn(group, ''),
    ...(keys ?? []).flatMap((key, i) => notTextIn(key, `keys[${i}].`)),
  ];
  read.notText.push(...fields.map(place));
}

const TEXTS = ['api-key', 'name', 'base-url', 'prefix', 'proxy-url'];
const MODEL_TEXTS = ['name', 'alias', 'display-name'];

/** A field that is absent or null says nothing, and is written back as it came. */
function notTextIn(item: JsonObject, prefix: string): string[] {
  const { headers, models, 'excluded-models': excluded } = item;
  const pairs = [
    ...pick(item, TEXTS, ''),
    ...(isPlainObject(headers) ? pick(headers, Object.keys(headers), 'headers.') : []),
    ...list(models).flatMap((model, i) =>
      isPlainObject(model) ? pick(model, MODEL_TEXTS, `models[${i}].`) : [],
    ),
    ...list(excluded).map((name, i) => [`excluded-models[${i}]`, name] as const),
  ];
  return pairs
    .filter(([, value]) => value !== undefined && value !== null && typeof value !== 'string')
    .map(([field]) => prefix + field);
}

const pick = (item: JsonObject, fields: readonly string[], prefix: string): (readonly [string, unknown])[] =>
  fields.map((field) => [prefix + field, item[field]] as const);

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
