import type { Failure } from '../failure';
import type { NewApiStep } from './steps';
import type { AccountFamily } from '../accounts/relay-family';
import type { SyncSettings } from '../sync/run';

/** A New API as pages know it: without its token. */
export interface NewApiView {
  id: string;
  name: string;
  siteUrl: string;
  host: string;
  /** The match pattern of its host, and whether it may be reached. Pages ask for it from a click. */
  pattern: string;
  granted: boolean;
  userId: string;
  /** Null: not recognised yet. */
  family: AccountFamily | null;
  /** Null: not checked yet. `sensitive`: may make and delete channels. */
  rights: { admin: boolean; write: boolean; sensitive: boolean } | null;
  /** Milliseconds since 1970. */
  checkedAt: number | null;
  /** A refused token: nothing is sent until it is changed or checked. */
  halted: Failure | null;
  sync: SyncSettings;
}

export interface NewApiReport {
  at: number;
  tookMs: number;
  passed: NewApiStep[];
  failure: Failure | null;
  found: { family: AccountFamily; siteName: string; channels: number; groups: string[] } | null;
}
