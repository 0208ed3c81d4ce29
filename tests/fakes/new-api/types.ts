import type { IncomingHttpHeaders } from 'node:http';
import type { ServerClock } from '../clock';

export interface UserInput {
  id: number;
  username: string;
  accessToken: string;
  displayName?: string;
  /** Only for signing in like a browser does; without it nobody can. */
  password?: string;
  /** 1 ordinary, 10 admin, 100 root. */
  role?: number;
  /** For an admin: whether channels may be made and deleted. Root always may. */
  sensitiveWrite?: boolean;
  /** Points that are left; 500000 are one dollar. */
  quota?: number;
  group?: string;
  /** 1 on, 2 banned. */
  status?: number;
}

export interface KeyInput {
  id?: number;
  name: string;
  /** 48 characters, without `sk-`. */
  key: string;
  /** The first user's, if left out. */
  userId?: number;
  /** 1 on, 2 off, 3 expired, 4 used up. The server itself writes 3 and 4 only when the key is next used. */
  status?: number;
  /** Epoch seconds, -1 for never. */
  expiredTime?: number;
  remainQuota?: number;
  unlimitedQuota?: boolean;
  group?: string;
  /** Switches the limits on, even if the list is empty. */
  modelLimits?: string[];
  /** One address or network a line. */
  allowIps?: string | null;
}

export interface RelayUser extends Required<Omit<UserInput, 'password'>> {
  password: string | undefined;
  usedQuota: number;
  requestCount: number;
}

/** A key as the server stores it. */
export interface RelayKey {
  id: number;
  userId: number;
  name: string;
  key: string;
  status: number;
  createdTime: number;
  accessedTime: number;
  expiredTime: number;
  remainQuota: number;
  usedQuota: number;
  unlimitedQuota: boolean;
  modelLimitsEnabled: boolean;
  /** Comma-separated. */
  modelLimits: string;
  allowIps: string | null;
  group: string;
  crossGroupRetry: boolean;
}

export interface ChannelInput {
  id?: number;
  /** 1 OpenAI, 14 Anthropic, 24 Gemini. */
  type?: number;
  /** Never told to anybody. */
  key?: string;
  /** 1 on, 2 off, 3 switched off by the server. */
  status?: number;
  name?: string;
  weight?: number;
  baseUrl?: string;
  /** Comma-separated, as is `group`. */
  models?: string;
  group?: string;
  /** JSON: the name that is asked for to the one that the upstream gets. */
  modelMapping?: string | null;
  priority?: number;
  tag?: string | null;
  remark?: string | null;
  /** How a channel with several keys chooses among them. */
  multi?: string | null;
  /** What else stands in its row, by the server's names. */
  columns?: Record<string, unknown>;
}

/** A channel as the server stores it. */
export interface RelayChannel extends Required<ChannelInput> {
  createdTime: number;
  otherInfo: string;
}

export interface RelayGroup {
  /** Shown to users. */
  description: string;
  /** Whether users may choose it for their keys. */
  selectable: boolean;
}

export interface RateLimits {
  /** Whole /api, per address and 180 s. */
  api: number;
  /** Reveals, sign-ins and usage by key, per address and 1200 s. */
  critical: number;
  /** Key searches, per user and 60 s. */
  search: number;
}

export type ModelsStatus = 401 | 402 | 403 | 404 | 429 | 500 | 502 | 503;

/** What goes wrong. Tests change the fields while the server runs. */
export interface Faults {
  /** Path prefix to the status every request below it gets. */
  status: Record<string, number>;
  /** Everything is answered with a web page and 200, as by a challenge page or a web UI that catches all paths. */
  html: boolean;
  /** Requests are never answered: all of them, or those below a path prefix. */
  hang: boolean | string;
  /** Every answer comes this much later. */
  delayMs: number;
  /** JSON answers break off in the middle. */
  malformedJson: boolean;
  emptyModels: boolean;
  modelsStatus: ModelsStatus | undefined;
  /** Where /v1/models is redirected to (302). */
  redirectTo: string | undefined;
  /** Model name to the status the upstream answers a chat with. */
  chatStatus: Record<string, number>;
  /** Chats are refused before the key is looked at. */
  overload: { current: number; threshold: number } | undefined;
  /** Called when a request arrives. */
  onRequest: ((method: string, path: string) => void) | undefined;
}

export interface NewApiOptions {
  users?: UserInput[];
  keys?: KeyInput[];
  /** What every group serves that `groupModels` does not name. */
  models?: string[];
  groupModels?: Record<string, string[]>;
  groups?: Record<string, RelayGroup>;
  channels?: ChannelInput[];
  /** What lies behind channels: base URL to the models listed there, or to the status of a refusal. */
  upstreams?: Record<string, string[] | number>;
  systemName?: string;
  version?: string;
  /** False for a server that nobody has set up yet. */
  setUp?: boolean;
  /** Off by default; true for the server's own numbers. */
  rateLimits?: boolean | Partial<RateLimits>;
  latencyMs?: number;
  port?: number;
  /** Milliseconds; for tests about expiry and limits. */
  now?: () => number;
  clock?: ServerClock;
}

/** Path with query (keys and tokens blanked out). `status` is 0 as long as there is no answer. */
export interface SeenRequest {
  at: number;
  method: string;
  path: string;
  status: number;
}

/** One request on its way through the server. */
export interface Call {
  method: string;
  /** Undecoded, without the query. */
  path: string;
  /** As it came, with the question mark; empty if there is none. */
  search: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  params: Record<string, string>;
  address: string;
  requestId: string;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** A streamed answer, instead of `body`. */
  chunks?: string[];
  /** Without the headers that the server puts on everything but redirects. */
  bare?: boolean;
}
