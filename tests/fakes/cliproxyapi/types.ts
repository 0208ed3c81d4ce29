import type { ServerClock } from '../clock.ts';
import type { Family } from './management/lists-table.ts';

/** A parsed JSON object: an entry as it travels in a request or an answer. */
export type JsonObject = Record<string, unknown>;

export interface CliproxyapiOptions {
  /** The secret of the management API; null: none is configured and the API does not exist. */
  managementKey?: string | null;
  /** `api-keys` of the configuration: what callers of `/v1` must present. */
  proxyKeys?: string[];
  /** Reported in `X-CPA-VERSION`; old versions also lose what they did not know. `dev` counts as new. */
  version?: string;
  /** The initial `openai-compatibility` list. */
  providers?: JsonObject[];
  /** The initial lists of the other families. */
  lists?: Partial<Record<Family, JsonObject[]>>;
  /** Configuration keys laid over the usual ones, as in the `startup` of a recorded scenario. */
  startup?: JsonObject;
  /** The layout of the file that 8.x starts with; old if not said. */
  layout?: 'old' | 'new' | 'mixed';
  /** The whole file that 8.x starts with, in the place of everything that the other options would put into it. */
  file?: string;
  /** How 8.x writes: early ones (`a`) add their defaults and show no `auth_index`. Later ones if not said. */
  stage?: 'a' | 'b';
  /** As a later 8.x: `/v0/management` is not there any more. */
  v0Gone?: boolean;
  /** As a fork of 8.x: reads of `/v8` have an ETag, and a write without the present one is refused. */
  etag?: boolean;
  /** Time between the 200 of a write and the registry following it. */
  reloadDelayMs?: number;
  /** What comparing a management key costs (the real server hashes on every request). */
  bcryptMs?: number;
  port?: number;
  clock?: ServerClock;
}

export interface LoggedRequest {
  at: number;
  method: string;
  /** With its query, in which the values of key parameters are masked. */
  path: string;
  /** 0 while there is no answer, and for ever if the connection was dropped. */
  status: number;
}

export interface CannedAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Everything here may be changed while the server runs. Counters count down; flags and hooks stay until changed. */
export interface Faults {
  /** The write answers 200 and reaches the file, then a reload puts memory back to what it was before. */
  revertNextWrites: number;
  /** The configuration in memory is empty: no management, and `/v1` open to all. Unset: the server is restarted. */
  collapse: boolean;
  /** The same with `MANAGEMENT_PASSWORD` set: management stays up, shows empty lists, and the next write erases the file. */
  collapseWithPassword: boolean;
  /** The write changes memory and answers 500; nothing reaches the file. */
  failSave: number;
  /** A request for which this is true is never answered. */
  hang: ((request: { method: string; path: string }) => boolean) | null;
  /**
   * The write is performed and the connection then closed without an answer. A browser sends again by itself what it
   * sent over a connection it had used before, so it takes 2 to be noticed there.
   */
  dropAfterWrite: number;
  /** The connection is closed before the write is performed. */
  dropBeforeWrite: number;
  /** Milliseconds to wait before a request is looked at. */
  delayMs: ((method: string, path: string) => number) | null;
  /** What `GET /config` and the GET of the lists, and of 8.x everything below `/config`, answer: a page, text that is not JSON, or JSON of another shape. */
  malformed: 'html' | 'json' | 'shape' | null;
  /** Of 8.x: `/v0/management` is not there any more. */
  v0Gone: boolean;
  /** Of 8.x: a file of both layouts that is put in the place of the present one is converted. */
  convertsMixed: boolean;
  /** Of 8.x: reads of `/v8` answer 200 with nothing, as where a mapping has a key that is no text. */
  emptyBody: boolean;
  /** Lists are stored, and the registry takes nothing new from them. */
  neverServe: boolean;
  /** Awaited after the key is checked and just before a write is applied. */
  beforeWrite: ((method: string, path: string) => void | Promise<void>) | null;
  /** Awaited before anything else is done with a request. */
  onRequest: ((method: string, path: string) => void | Promise<void>) | null;
  /** Answers in the place of the server, as something between it and the caller would. */
  answer: ((method: string, path: string) => CannedAnswer | undefined) | null;
}

export function noFaults(): Faults {
  return {
    revertNextWrites: 0,
    collapse: false,
    collapseWithPassword: false,
    failSave: 0,
    hang: null,
    dropAfterWrite: 0,
    dropBeforeWrite: 0,
    delayMs: null,
    malformed: null,
    v0Gone: false,
    convertsMixed: false,
    emptyBody: false,
    neverServe: false,
    beforeWrite: null,
    onRequest: null,
    answer: null,
  };
}

export interface FakeCliproxyapi {
  origin: string;
  /** Empty when none is configured. */
  managementKey: string;
  proxyKeys: string[];
  /** Every request that arrived, oldest first; may be emptied. */
  requests: LoggedRequest[];
  faults: Faults;
  /** The lists in memory, in the form `GET /config` gives them. */
  readonly lists: Record<Family, JsonObject[]>;
  /** The lists in the file: what a restart would bring back. */
  readonly savedLists: Record<Family, JsonObject[]>;
  /** The answer of `GET /config`. */
  config(): JsonObject;
  /** Writes a whole list as another client would. The write is done at once, the promise waits for the reload. */
  setLists(family: Family, list: JsonObject[]): Promise<void>;
  /** The text of the file of 8.x. */
  readonly file: string;
  /** Replaces the file of 8.x as another client would. The write is done at once, the promise waits for the reload. */
  setFile(text: string): Promise<void>;
  /** Waits until every write so far has been reloaded. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}
