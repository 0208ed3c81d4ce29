import type { Presence } from '../cliproxyapi/held-keys';
import type { Card, Notice, Running } from '../cliproxyapi/card';
import type { Intent } from './intent';
import type { Colour } from '../connection/colours';
import type { ConnectionFacts } from '../connection/state';
import type { Failure } from '../failures/failure';
import type { ApiFormat } from '../accounts/api-format';
import type { Amount, KeyStatus } from '../accounts/quota';
import type { RelayFamily } from '../accounts/relay-family';
import type { Settings } from './settings';

/** The picture that pages hold of what the worker knows. No key text, no token. */
export interface View {
  /** Names this picture, for `view.since`; absent: only a whole one can be had after it. */
  version?: string | undefined;
  settings: Settings;
  /** The CLIProxyAPI that this picture is about. */
  connection: ConnectionView | null;
  /** Those beside it, in the user's order; absent: there are none. */
  others?: ConnectionView[] | undefined;
  accounts: AccountView[];
  keys: KeyView[];
  newApis: NewApiShort[];
  notices: Notice[];
  intent: Intent | null;
  /** The host that a waiting intent asked for was granted. */
  intentGranted: boolean;
  /** What is kept on the device is sealed with a passphrase. */
  lock: boolean;
}

export interface ConnectionView extends ConnectionFacts {
  id: string;
  /** As the user calls it; empty: by its host. */
  name: string;
  colour: Colour;
  /** Its place in the user's order; the first is meant where none is named. */
  place: number;
  address: string;
  root: string;
  host: string;
  pattern: string;
  transport: 'loopback' | 'private' | 'https' | 'open';
  remember: 'device' | 'session';
  version: string | null;
}

/** A New API whose channels are managed, in short; the message `new-api.list` tells the rest. */
export interface NewApiShort {
  id: string;
  name: string;
  host: string;
  /** The match pattern of its host, and whether it may be reached. */
  pattern: string;
  granted: boolean;
  halted: Failure | null;
  /** Keys that have a channel there, by our own record. */
  keys: string[];
}

export interface AccountView {
  id: string;
  name: string;
  siteUrl: string;
  family: RelayFamily;
  host: string;
  pattern: string;
  userId: string;
  granted: boolean;
  balance: Amount | null;
  /** Spent since the account was made; null: not told. */
  used: Amount | null;
  keys: number;
  refreshedAt: number | null;
  failure: Failure | null;
  /** Keys that the relay shows only when asked, and counts: how many more this can be done. Null: it lists them whole. */
  reveals: { left: number; most: number; until: number | null } | null;
  /** The relay has more keys than are listed here. */
  more: boolean;
}

/** How a key stands at one CLIProxyAPI. */
export interface KeyStanding {
  running: Running | null;
  card: Card | null;
  /** Whether CLIProxyAPI holds it, as far as the last look showed; says nothing of being served. */
  presence: Presence;
}

export interface KeyView extends KeyStanding {
  id: string;
  /** The user's own name for it, or that at the relay. */
  name: string;
  note: string;
  /** The name at the relay; the same as `name` unless the user gave it one. */
  listedName: string;
  relayName: string;
  /** The relay's address as the user gave it, without a user and password in it. */
  address: string;
  host: string;
  mask: string;
  group: string;
  /** What the key's group speaks, where the relay says so. */
  platform?: string | undefined;
  accountId: string | null;
  amount: KeyAmount;
  status: KeyStatus;
  /** The family of its relay; null: not known. */
  relay: RelayFamily | null;
  /** The API that is proposed for it (core/accounts/api-format). */
  speaks: ApiFormat;
  /** The only models that the relay lets it use; null: all. */
  limits: string[] | null;
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null;
  /** The match pattern of the relay's host, and whether it may be reached. */
  pattern: string;
  granted: boolean;
  /** How it stands at each of `View.others`. */
  others?: (KeyStanding & { proxyId: string })[] | undefined;
}

export type KeyAmount =
  | { kind: 'none' }
  | { kind: 'unlimited'; used?: Amount | null }
  | { kind: 'left'; left: Amount; of: Amount | null };
