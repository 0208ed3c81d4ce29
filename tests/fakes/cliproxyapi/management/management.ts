import { callForClient } from './api-call.ts';
import { deleteFromList } from './deletion.ts';
import { FAMILIES, type Family } from './lists-table.ts';
import { firstValue, orInvalid, parse, putList, Refusal } from './lists.ts';
import { patchList } from './patch.ts';
import { ok, refused, type Reply, type Request } from '../reply.ts';
import { decodeStruct, type Entry } from './schema.ts';
import { configJson } from './settings.ts';
import { SaveError, type Config, type Store } from '../store.ts';
import type { Faults } from '../types.ts';
import { usageByKey } from './usage.ts';
import type { Abilities } from './versions.ts';

export interface Management {
  store: Store;
  faults: Faults;
  abilities: Abilities;
}

export type Route = (management: Management, request: Request) => Reply | Promise<Reply>;

/** Every endpoint there is, by method and path after `/v0/management`. There is no 405: all else is not found. */
export const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET /config', ({ store }) => ok(configJson(store))],
  ['GET /api-keys', ({ store }) => ok({ 'api-keys': store.memory.apiKeys })],
  ['PUT /api-keys', putApiKeys],
  ['GET /auth-files', () => ok({ files: [] })],
  ['GET /auth-files/models', credentialModels],
  ['GET /api-key-usage', ({ store }) => ok(usageByKey(store.registry))],
  ['POST /reset-quota', resetQuota],
  ['POST /api-call', ({ store }, { body }) => callForClient(store, body)],
  ...FAMILIES.flatMap(listRoutes),
  ...['debug', 'force-model-prefix'].flatMap(flagRoutes),
]);

function listRoutes(family: Family): [string, Route][] {
  const current = (config: Config): Entry[] => config.lists[family] ?? [];
  const writing =
    (change: (list: Entry[], request: Request) => Entry[]): Route =>
    (management, request) =>
      write(management, (config) => {
        const list = change(current(config), request);
        // Unknown to old servers, so it is not kept.
        if (!management.abilities.disabled) list.forEach((entry) => delete entry['disabled']);
        config.lists[family] = list;
      });
  return [
    [`GET /${family}`, ({ store }) => ok({ [family]: store.section(family) })],
    [`PUT /${family}`, writing((_, { body }) => putList(family, body))],
    [`PATCH /${family}`, writing((list, { body, query }) => patchList(family, list, body, query))],
    [`DELETE /${family}`, writing((list, { query }) => deleteFromList(family, list, query))],
  ];
}

function flagRoutes(name: string): [string, Route][] {
  const put: Route = (management, { body }) =>
    write(management, (config) => {
      const value = orInvalid(() =>
        decodeStruct([{ name: 'value', kind: 'bool?' }], parse(firstValue(body))),
      )['value'];
      if (value === undefined) throw new Refusal(400, 'invalid body');
      config.settings[name] = value;
    });
  return [
    [`GET /${name}`, ({ store }) => ok({ [name]: store.memory.settings[name] === true })],
    [`PUT /${name}`, put],
    [`PATCH /${name}`, put],
  ];
}

function putApiKeys(management: Management, { body }: Request): Reply {
  return write(management, (config) => {
    const value = parse(body);
    const keys = Array.isArray(value) ? value : (value as { items?: unknown } | null)?.items;
    const texts = Array.isArray(keys) && keys.every((key) => typeof key === 'string');
    if (!texts || (keys !== value && keys.length === 0)) throw new Refusal(400, 'invalid body');
    config.apiKeys = keys;
  });
}

/** Nothing is changed by a refused write; a failed save leaves memory changed. */
function write({ store }: Management, change: (config: Config) => void): Reply {
  try {
    store.write(change);
    return ok({ status: 'ok' });
  } catch (error) {
    if (error instanceof Refusal) return refused(error.status, error.message);
    if (error instanceof SaveError) return refused(500, `failed to save config: ${error.message}`);
    throw error;
  }
}

/** What a credential has registered; an unknown one has nothing, which is no error. */
function credentialModels({ store }: Management, { query }: Request): Reply {
  const id = query.get('name') ?? '';
  if (id === '') return refused(400, 'name is required');
  const models = store.registry.modelsOf(id).map((model) => ({
    display_name: model.displayName,
    id: model.id,
    ...(model.ownedBy === '' ? {} : { owned_by: model.ownedBy }),
    type: model.type,
  }));
  return ok({ models });
}

function resetQuota({ store }: Management, { body }: Request): Reply {
  let decoded: Entry;
  try {
    decoded = orInvalid(() =>
      decodeStruct([{ name: 'auth_index', kind: 'string' }], parse(firstValue(body))),
    );
  } catch {
    return refused(400, 'invalid request body');
  }
  const index = (decoded['auth_index'] as string).trim();
  if (index === '') return refused(400, 'auth_index is required');
  const credential = store.registry.byIndex(index);
  if (!credential) return refused(404, 'auth not found');
  return ok({ auth_index: index, models: store.registry.resetQuota(credential), status: 'ok' });
}
