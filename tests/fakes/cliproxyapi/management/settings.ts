import { FAMILIES } from './lists-table.ts';
import type { Config, Store } from '../store.ts';
import type { CliproxyapiOptions, JsonObject } from '../types.ts';

/** Settings which `GET /config` shows besides the lists, at their defaults. */
const DEFAULTS: JsonObject = {
  'proxy-url': '',
  'disable-image-generation': false,
  'force-model-prefix': false,
  'request-log': false,
  'passthrough-headers': false,
  streaming: {},
  tls: { enable: false, cert: '', key: '' },
  debug: false,
  'commercial-mode': false,
  'logging-to-file': false,
  'logs-max-total-size-mb': 0,
  'error-logs-max-files': 10,
  'usage-statistics-enabled': false,
  'disable-cooling': false,
  'request-retry': 0,
  'max-retry-credentials': 0,
  'max-retry-interval': 0,
  'quota-exceeded': { 'switch-project': false, 'switch-preview-model': false, 'antigravity-credits': false },
  routing: {},
  'ws-auth': true,
  payload: { default: null, 'default-raw': null, override: null, 'override-raw': null, filter: null },
};

/** Never shown: where the server listens, and what guards the management API. */
const HIDDEN = new Set('host port auth-dir remote-management allow-remote api-keys managementKey'.split(' '));

export function configJson(store: Store): JsonObject {
  const { apiKeys, settings } = store.memory;
  const lists = FAMILIES.map((family) => [family, store.stored(family)] as const);
  return { ...DEFAULTS, ...settings, 'api-keys': apiKeys, ...Object.fromEntries(lists) };
}

export interface Startup {
  managementKey: string | null;
  allowRemote: boolean;
  config: Config;
}

/** The configuration to start with: the usual one, the options over it, the startup keys over both. */
export function startupOf(options: CliproxyapiOptions): Startup {
  const startup = options.startup ?? {};
  const remote = (startup['remote-management'] ?? {}) as { 'allow-remote'?: boolean; 'secret-key'?: string };
  const given = options.managementKey === undefined ? 'mk-test-management' : options.managementKey;
  const off = 'managementKey' in startup && startup['managementKey'] === null;
  const settings = Object.entries(startup).filter(([name]) => !HIDDEN.has(name) && !isFamily(name));
  return {
    managementKey: off ? null : (remote['secret-key'] ?? given),
    allowRemote: remote['allow-remote'] ?? startup['allow-remote'] === true,
    config: {
      apiKeys: (startup['api-keys'] as string[] | undefined) ?? options.proxyKeys ?? ['sk-test-proxy-client'],
      lists: {},
      settings: Object.fromEntries(settings),
    },
  };
}

const isFamily = (name: string): boolean => (FAMILIES as readonly string[]).includes(name);
