import { realClock } from './clock.ts';
import { decodeList } from './cliproxyapi/management/schema.ts';
import { FAMILIES, STORED, type Family } from './cliproxyapi/management/lists-table.ts';
import { normalise } from './cliproxyapi/management/normalise.ts';
import { CliproxyapiServer } from './cliproxyapi/server.ts';
import { configJson, startupOf } from './cliproxyapi/management/settings.ts';
import { jsonFile, Store, type Config } from './cliproxyapi/store.ts';
import {
  noFaults,
  type CliproxyapiOptions,
  type FakeCliproxyapi,
  type JsonObject,
} from './cliproxyapi/types.ts';
import { abilitiesOf, v8Of, type Abilities } from './cliproxyapi/management/versions.ts';
import { yamlFile } from './cliproxyapi/v8/file-format.ts';
import { startupFile } from './cliproxyapi/v8/startup.ts';

export type { Family } from './cliproxyapi/management/lists-table.ts';
export type {
  CliproxyapiOptions,
  FakeCliproxyapi,
  Faults,
  JsonObject,
  LoggedRequest,
} from './cliproxyapi/types.ts';

/**
 * A CLIProxyAPI that behaves like the real one as far as the recorded exchanges go (tests/replay proves it), on a free
 * port of the loopback address, with faults that can be switched on while it runs.
 */
export async function startCliproxyapi(options: CliproxyapiOptions = {}): Promise<FakeCliproxyapi> {
  const { managementKey, allowRemote, config } = startupOf(options);
  const v8 = v8Of(options);
  const version = options.version ?? (v8 ? '8.0.20' : '7.2.140');
  const abilities = abilitiesOf(version, v8);
  const faults = { ...noFaults(), v0Gone: options.v0Gone ?? false };
  fillLists(config, options, abilities);
  const file = v8
    ? startupFile({ options, managementKey, allowRemote, apiKeys: config.apiKeys })
    : JSON.stringify(config);
  const delay = options.reloadDelayMs ?? (abilities.reloadAtOnce ? 8 : 160);
  const clock = options.clock ?? realClock;
  const format = v8 ? yamlFile : jsonFile;
  const store = new Store(v8 ? yamlFile.read(file) : config, file, format, faults, abilities, delay, clock);
  const requests: FakeCliproxyapi['requests'] = [];
  const bcryptMs = options.bcryptMs ?? 0;
  const context = {
    store,
    faults,
    abilities,
    version,
    managementKey,
    allowRemote,
    bcryptMs,
    requests,
    clock,
  };
  const server = new CliproxyapiServer(context);
  const current = (): Store => {
    store.followCollapse();
    return store;
  };
  return {
    origin: await server.listen(options.port ?? 0),
    managementKey: managementKey ?? '',
    proxyKeys: config.apiKeys ?? [],
    requests,
    faults,
    get lists() {
      return current().lists('memory');
    },
    get savedLists() {
      return current().lists('file');
    },
    config: () => structuredClone(configJson(current())),
    setLists: (family, list) => {
      current().writeCleanly((memory) => setList(memory, family, list, abilities));
      return store.settled();
    },
    get file() {
      return store.text;
    },
    setFile: (text) => {
      store.replaceFile(text);
      return store.settled();
    },
    settled: () => store.settled(),
    stop: async () => {
      store.stop();
      await server.close();
    },
  };
}

function fillLists(config: Config, options: CliproxyapiOptions, abilities: Abilities): void {
  for (const family of FAMILIES) {
    const given = options.startup?.[family] as JsonObject[] | undefined;
    const list =
      given ?? options.lists?.[family] ?? (family === 'openai-compatibility' ? options.providers : undefined);
    if (list) setList(config, family, list, abilities);
  }
}

function setList(config: Config, family: Family, list: JsonObject[], abilities: Abilities): void {
  const entries = normalise(family, decodeList(STORED[family], list));
  if (!abilities.disabled) entries.forEach((entry) => delete entry['disabled']);
  config.lists[family] = entries;
}
