import { callForClient } from '../management/api-call.ts';
import { ROUTES, type Management, type Route } from '../management/management.ts';
import { isJson } from '../management/lists.ts';
import { json, ok, refused, type Reply, type Request } from '../reply.ts';
import { SaveError } from '../store.ts';
import { Invalid } from './check-groups.ts';
import { editFile, type Edit } from './edit.ts';
import { emitYaml } from './emit-yaml.ts';
import { NoJsonError } from './load.ts';
import { YamlError } from './parse-yaml.ts';
import { putRawFile, setStatus } from './raw-file.ts';
import { etagOf, nodeJson, viewOf } from './view.ts';

const NO_STORE = { 'Cache-Control': 'no-store' };
const YAML = { ...NO_STORE, 'Content-Type': 'application/yaml; charset=utf-8' };

const noLogs: Route = () => refused(400, 'logging to file disabled');

/** `$TOKEN$` of a credential that is not there is no longer sent as it stands. */
const callWithCredential: Route = ({ store }, { body }) => {
  const index = isJson(body) ? (JSON.parse(body) as { auth_index?: unknown } | null)?.auth_index : undefined;
  const unknown = typeof index === 'string' && index.trim() !== '' && !store.registry.byIndex(index.trim());
  return unknown ? refused(400, 'auth credential not found for auth_index') : callForClient(store, body);
};

/** What `/v0/management` has in 8.x besides what it had, or does otherwise. */
export const V0_ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ...ROUTES,
  ['GET /config.yaml', ({ store }) => ({ status: 200, headers: YAML, body: store.text })],
  ['PUT /config.yaml', ({ store, faults }, { body }) => putRawFile(store, body, faults)],
  ['PATCH /auth-files/status', ({ store }, { body }) => setStatus(store, body, false)],
  ['POST /api-call', callWithCredential],
  ['GET /logs', noLogs],
]);

const moved = (route: string): Route => ROUTES.get(route)!;

/** By method and path after `/v8/management`, besides everything below `/config`. */
const V8_ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  [
    'GET /config.yaml',
    ({ store }) => ({ status: 200, headers: YAML, body: emitYaml(viewOf(store.text), 4) }),
  ],
  ['GET /credentials', moved('GET /auth-files')],
  ['GET /credentials/models', moved('GET /auth-files/models')],
  ['PATCH /credentials/status', ({ store }, { body }) => setStatus(store, body, true)],
  ['GET /observability/usage/api-keys', moved('GET /api-key-usage')],
  ['GET /observability/logs', noLogs],
  ['POST /requests/api-call', callWithCredential],
  ['POST /routing/cooldown/reset', moved('POST /reset-quota')],
]);

const CHANNELS = 'claude gemini gemini-interactions vertex aistudio codex kimi antigravity xai'.split(' ');

/** Undefined for what is not there, which is answered before the key is looked at. */
export function v8Route(method: string, path: string): Route | undefined {
  const definitions = /^\/routing\/model-definitions\/([^/]+)$/.exec(path)?.[1];
  if (definitions !== undefined && method === 'GET') return () => definitionsOf(definitions);
  if (path !== '/config' && !path.startsWith('/config/')) return V8_ROUTES.get(`${method} ${path}`);
  const names = path
    .split('/')
    .slice(2)
    .filter((name) => name !== '')
    .map(decodeURIComponent);
  if (method === 'GET') return (management) => readNode(management, names);
  const writes = method === 'PUT' || method === 'PATCH' || method === 'DELETE';
  return writes ? (management, request) => writeNode(management, request, names) : undefined;
}

function definitionsOf(channel: string): Reply {
  if (!CHANNELS.includes(channel)) return json(400, { channel, error: 'unknown channel' });
  return ok({ channel, models: [] });
}

function readNode({ store, faults, abilities }: Management, path: string[]): Reply {
  const { stage, etag } = abilities.v8!;
  const headers = { ...NO_STORE, ...(etag ? { ETag: etagOf(store.text) } : {}) };
  const empty = (): Reply =>
    etag
      ? json(422, { error: 'config_not_json_compatible' }, headers)
      : { status: 200, headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' } };
  if (faults.emptyBody) return empty();
  try {
    const value = nodeJson(store.text, path, stage === 'b');
    return value === undefined ? json(404, { error: 'not_found' }, headers) : json(200, value, headers);
  } catch (error) {
    if (error instanceof NoJsonError) return empty();
    if (error instanceof YamlError) return json(500, { error: 'invalid_config', message: error.message });
    throw error;
  }
}

const READ_ONLY = 'credentials/concurrency/lifecycle-config-revision';

function writeNode({ store, abilities }: Management, request: Request, path: string[]): Reply {
  const { stage, etag } = abilities.v8!;
  const method = request.method as Edit['method'];
  try {
    if (etag) checkRevision(request, etagOf(store.text));
    const value = method === 'DELETE' ? undefined : bodyOf(request.body);
    if (path.length === 0) checkRoot(method, value);
    if (path.join('/') === READ_ONLY) throw new Invalid(400, '', 'read_only_field', READ_ONLY);
    store.writeFile(editFile(store.text, { method, path, value }, stage));
    return ok({ 'config-version': 8, status: 'ok' });
  } catch (error) {
    if (error instanceof Invalid) return refusal(error);
    if (error instanceof YamlError) return json(500, { error: 'invalid_config', message: error.message });
    if (error instanceof SaveError) return json(500, { error: 'write_failed', message: error.message });
    throw error;
  }
}

function refusal({ status, error, message, field }: Invalid): Reply {
  return json(status, { error, ...(message ? { message } : {}), ...(field ? { field } : {}) });
}

function bodyOf(body: string): unknown {
  if (!isJson(body)) throw new Invalid(400, '', 'invalid_json');
  return JSON.parse(body);
}

function checkRoot(method: string, value: unknown): void {
  if (method === 'DELETE') throw new Invalid(400, '', 'cannot_delete_config');
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) throw new Invalid(400, '', 'config_must_be_object');
}

function checkRevision({ headers }: Request, current: string): void {
  const given = headers['if-match'];
  if (given === undefined) throw new Invalid(428, '', 'config_revision_required');
  if (given !== current) throw new Invalid(412, '', 'config_revision_conflict');
}
