import type { ServerClock } from '../clock.ts';
import { COMPAT_SECTION, FAMILIES, STORED, type Family } from './management/lists-table.ts';
import { Registry } from './serving/registry.ts';
import { encodeList, type Entry, type Struct } from './management/schema.ts';
import type { Faults, JsonObject } from './types.ts';
import type { Abilities } from './management/versions.ts';

export interface Config {
  /** Null: not in the configuration at all. */
  apiKeys: string[] | null;
  lists: Partial<Record<Family, Entry[]>>;
  settings: JsonObject;
}

export class SaveError extends Error {}

/** How the configuration is kept in the file. */
export interface FileFormat {
  /** What a server that starts with the file has in memory. */
  read(file: string): Config;
  /** What a server that runs has in memory after it has read the file again; undefined: the file is broken. */
  reload(file: string): Config | undefined;
  /** The file after memory was saved over it. */
  save(memory: Config, before: string): string;
}

/** The file of 7.x, of which no text is ever seen. */
export const jsonFile: FileFormat = {
  read: (file) => JSON.parse(file) as Config,
  reload: (file) => {
    const config = JSON.parse(file) as Config;
    for (const list of Object.values(config.lists)) list.forEach(fillModels);
    return config;
  },
  save: (memory, before) => JSON.stringify(withOldHeaders(memory, JSON.parse(before) as Config)),
};

/**
 * The three places a list can be in, and how it gets from one to the next: a write changes memory and saves it to the
 * file; a reload, after the answer, reads the file into memory and into the registry, which is what is served. A
 * reload is skipped when the file is what was loaded last. That rule is why a lost change cannot be had back by
 * writing it again.
 */
export class Store {
  readonly registry: Registry;
  memory: Config;
  private file: string;
  private loaded: string;
  private collapsed = false;
  private pending: Promise<void> = Promise.resolve();
  private readonly timers = new Set<() => void>();

  constructor(
    config: Config,
    file: string,
    private readonly format: FileFormat,
    private readonly faults: Faults,
    private readonly abilities: Abilities,
    private readonly reloadDelayMs: number,
    private readonly clock: ServerClock,
  ) {
    this.registry = new Registry(clock.now);
    this.memory = config;
    this.file = file;
    this.loaded = this.file;
    this.load();
  }

  /** Changes memory, saves, and has the reload follow. A failed save leaves memory changed. */
  write(change: (config: Config) => void): void {
    const before = structuredClone(this.memory);
    change(this.memory);
    this.failSave();
    this.save(this.reverts() ? before : undefined);
  }

  /** Stores a whole file and takes it into memory, as a writer does that starts from the file. */
  writeFile(file: string): void {
    const before = this.memory;
    this.failSave();
    this.replaceFile(file, this.reverts() ? before : undefined);
  }

  /** The same, and no fault touches it unless memory is to fall back. */
  replaceFile(file: string, revertTo?: Config): void {
    this.memory = this.format.reload(file) ?? this.memory;
    this.file = file;
    this.scheduleReload(revertTo);
  }

  /** The file as it is. */
  get text(): string {
    return this.file;
  }

  /** A write that no fault touches. */
  writeCleanly(change: (config: Config) => void): void {
    change(this.memory);
    this.save(undefined);
  }

  settled(): Promise<void> {
    return this.clock.waitFor(this.pending);
  }

  stop(): void {
    this.timers.forEach((cancel) => cancel());
  }

  /** Follows the two collapse flags: set, memory and registry lose everything; unset, the file is loaded anew. */
  followCollapse(): void {
    const wanted = this.faults.collapse || this.faults.collapseWithPassword;
    if (wanted === this.collapsed) return;
    this.collapsed = wanted;
    this.memory = wanted ? { apiKeys: null, lists: {}, settings: {} } : this.format.read(this.file);
    this.loaded = this.file;
    this.load();
  }

  /** A list in the form of `GET /config`; null when it was never in the configuration. */
  stored(family: Family, config = this.memory): Entry[] | null {
    const list = config.lists[family];
    return list ? encodeList(this.known(STORED[family]), list) : null;
  }

  /** A list in the form of the GET of its section, with what the live credentials add. */
  section(family: Family): Entry[] {
    const list = this.memory.lists[family] ?? [];
    const compat = family === 'openai-compatibility';
    const encoded = encodeList(this.known(compat ? COMPAT_SECTION : STORED[family]), list);
    this.registry.addAuthIndexes(family, list, encoded);
    if (!this.abilities.coolingInSection && compat)
      encoded.forEach((entry) => delete entry['disable-cooling']);
    return encoded;
  }

  lists(from: 'memory' | 'file'): Record<Family, JsonObject[]> {
    const config = from === 'memory' ? this.memory : this.format.read(this.file);
    const pairs = FAMILIES.map(
      (family) => [family, structuredClone(this.stored(family, config) ?? [])] as const,
    );
    return Object.fromEntries(pairs) as Record<Family, JsonObject[]>;
  }

  /** Old servers do not know `disabled`: it is neither kept nor shown, and the provider is live. */
  known(struct: Struct): Struct {
    return this.abilities.disabled ? struct : struct.filter(({ name }) => name !== 'disabled');
  }

  private save(revertTo: Config | undefined): void {
    this.file = this.format.save(this.memory, this.file);
    this.scheduleReload(revertTo);
  }

  private failSave(): void {
    if (this.faults.failSave <= 0) return;
    this.faults.failSave--;
    throw new SaveError('open /CLIProxyAPI/config.yaml: permission denied');
  }

  private reverts(): boolean {
    if (this.faults.revertNextWrites <= 0) return false;
    this.faults.revertNextWrites--;
    return true;
  }

  private scheduleReload(revertTo: Config | undefined): void {
    const reload = new Promise<void>((resolve) => {
      const cancel = this.clock.after(this.reloadDelayMs, () => {
        this.timers.delete(cancel);
        this.reload(revertTo);
        resolve();
      });
      this.timers.add(cancel);
    });
    this.pending = Promise.all([this.pending, reload]).then(() => undefined);
  }

  private reload(revertTo: Config | undefined): void {
    if (this.collapsed && this.faults.collapse) return;
    if (revertTo) {
      this.memory = revertTo;
      this.loaded = this.file;
      return;
    }
    if (this.file === this.loaded) return;
    this.loaded = this.file;
    this.memory = this.format.reload(this.file) ?? this.memory;
    this.load();
  }

  private load(): void {
    const { lists, settings } = this.memory;
    this.registry.load(lists, settings['force-model-prefix'] === true, this.faults.neverServe);
  }
}

/**
 * Saving merges every entry into the one of its name (or key) in the file, and `headers` into `headers`: one that was
 * taken out stays in the file and is back with the reload. Only an entry without any headers loses them (seen at
 * 7.2.140; the recordings do not hold it).
 */
function withOldHeaders(memory: Config, file: Config): Config {
  const saved = structuredClone(memory);
  for (const [family, list] of Object.entries(saved.lists) as [Family, Entry[]][]) {
    const old = [...(file.lists[family] ?? [])];
    for (const entry of list) {
      const at = old.findIndex((candidate) => identity(candidate) === identity(entry));
      const [headers, before] = [headersOf(entry), at < 0 ? {} : headersOf(old.splice(at, 1)[0]!)];
      if (Object.keys(headers).length > 0) entry['headers'] = { ...before, ...headers };
    }
  }
  return saved;
}

const identity = (entry: Entry): unknown => entry['name'] ?? entry['api-key'];

const headersOf = (entry: Entry): JsonObject => (entry['headers'] ?? {}) as JsonObject;

/** Unset models are null in memory until the file has been read back, and an empty list from then on. */
function fillModels(entry: Entry): void {
  entry['models'] ??= [];
}
