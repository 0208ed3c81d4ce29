import { asMemory } from '../../core/cliproxyapi/v8/as-memory';
import { familyOf } from '../../core/cliproxyapi/v8/family';
import { readGroups, type Group, type GroupFamily } from '../../core/cliproxyapi/v8/groups';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import type { Provider } from '../../core/cliproxyapi/provider';
import { READ_LISTS, type ReadList } from '../../core/cliproxyapi/proxy-config';
import { fail, ok, type Result } from '../../core/failures/result';
import { isPlainObject } from '../../core/json';
import type { HttpReply } from '../../ports/http';
import { nodeOf } from './groups';
import { hasGroups } from './read-config';
import type { ManagementCall, SendManagement } from './send';

/** A server, and whether it was found to have no `/v0`. */
export interface AnyBase {
  send: SendManagement;
  host: string;
  hasV0: boolean;
}

/** What `/v8` has in another place (CLIProxyAPI 8.0, scenario `v8-moved-operations`). */
const MOVED: readonly (readonly [string, string])[] = [
  ['/auth-files/models', '/credentials/models'],
  ['/api-call', '/requests/api-call'],
];

/**
 * Asks by `/v8` what a server denies to have below `/v0`: management is off, or `/v0` was removed. No 8.0.x is without it; a
 * fork tells of one that is. An answer has the form of `/v0`'s; what `/v8` has nothing for fails with `feature-missing`,
 * and where there is no `/v8` either, the answer of `/v0` stands. `hasV0` of `base` becomes what was found.
 */
export async function askByV8(base: AnyBase, call: ManagementCall): Promise<Result<HttpReply>> {
  const { send, host } = base;
  const ask = asked(host, call);
  if (!base.hasV0) {
    const reply = ask ? await ask(send) : MISSING;
    if (reply.ok || !isOff(reply)) return reply;
    // It has changed since, or lost its configuration.
    base.hasV0 = true;
    const again = await send(call);
    if (again.ok || !isOff(again)) return again;
  }
  const off: Result<HttpReply> = fail({ code: 'management-off', host });
  if (!ask) return off;
  const has = await hasGroups(send);
  if (!has.ok) return isOff(has) || has.failure.code === 'feature-missing' ? off : has;
  if (!has.value) return off;
  base.hasV0 = false;
  return ask(send);
}

const MISSING: Result<HttpReply> = fail({ code: 'feature-missing', text: '404' });
const isOff = (reply: Result<unknown>): boolean => !reply.ok && reply.failure.code === 'management-off';

/** How a call is asked by `/v8`; undefined: it cannot be, as all that is about the text of the file. */
function asked(
  host: string,
  call: ManagementCall,
): ((send: SendManagement) => Promise<Result<HttpReply>>) | undefined {
  const { method, path } = call;
  const [from, to] = MOVED.find(([old]) => path.split('?')[0] === old) ?? [];
  if (from !== undefined) return (send) => send({ ...call, v8: true, path: to + path.slice(from.length) });
  if (method !== 'GET') return undefined;
  if (path === '/config') return (send) => readAs(send, host, call, '/config', configOf);
  const list = path.slice(1);
  if (!isReadList(list)) return undefined;
  const family = familyOf(list);
  return (send) =>
    readAs(send, host, call, `/config/api-keys/${family}`, (json) => {
      const read = groupsOf({ [family]: json ?? [] });
      return read && { [list]: entriesOf(list, read) };
    });
}

/** Reads a node of the file and answers it in the form of `/v0`; `form` is given undefined where the file has none. */
async function readAs(
  send: SendManagement,
  host: string,
  call: ManagementCall,
  path: string,
  form: (json: unknown) => object | undefined,
): Promise<Result<HttpReply>> {
  const reply = await send({ ...call, v8: true, path, absentOk: true });
  if (!reply.ok) return reply;
  const json = nodeOf(reply.value, host);
  if (!json.ok) return json;
  const formed = form(json.value);
  return formed
    ? ok({ ...reply.value, status: 200, text: JSON.stringify(formed) })
    : fail({ code: 'reply-shape', host });
}

/** `GET /config` of `/v8`, which always names its layout, as that of `/v0` with what KeyFerry looks at. */
function configOf(json: unknown): object | undefined {
  if (!isPlainObject(json) || json['config-version'] !== 8) return undefined;
  const { access, routing } = json;
  const read = groupsOf(json['api-keys'] ?? {});
  return (
    read && {
      'api-keys': isPlainObject(access) ? clientKeys(access['api-keys']) : null,
      'force-model-prefix': isPlainObject(routing) ? routing['force-model-prefix'] : undefined,
      ...Object.fromEntries(READ_LISTS.map((list) => [list, entriesOf(list, read)])),
    }
  );
}

/** An unquoted number is a text to the server. */
const clientKeys = (keys: unknown): unknown =>
  Array.isArray(keys)
    ? keys.map((key: unknown) => (typeof key === 'string' ? key : JSON.stringify(key)))
    : keys;

type Families = Partial<Record<GroupFamily, readonly Group[]>>;

/** Groups as they came, with the indexes of their keys. */
const groupsOf = (json: unknown): Families | undefined => (readGroups(json) ? (json as Families) : undefined);

const isReadList = (name: string): name is ReadList => (READ_LISTS as readonly string[]).includes(name);
/** The list that is only looked at is loaded as Gemini's is. */
const loadedAs = (list: ReadList): ListName => (list === 'meta-api-key' ? 'gemini-api-key' : list);

const entriesOf = (list: ReadList, families: Families): Provider[] =>
  asMemory(loadedAs(list), families[familyOf(list)] ?? []).map(withIndexes);

/** The index of a key as `/v0` names it; early 8.0.x show none. */
function withIndexes(entry: Provider): Provider {
  const { 'api-key-entries': keys } = entry;
  return withIndex(keys ? { ...entry, 'api-key-entries': keys.map(withIndex) } : entry);
}

function withIndex<T extends Record<string, unknown>>({ auth_index: index, ...rest }: T): T {
  return (index === undefined ? rest : { ...rest, 'auth-index': index }) as unknown as T;
}
