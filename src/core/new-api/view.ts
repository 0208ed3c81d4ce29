import type { Failure } from '../failures/failure';
import type { AccountFamily } from '../accounts/relay-family';
import type { SyncSettings } from '../sync/run';
import type { NewApiShort } from '../view/view';

/** The steps of a check, in order; the first failure ends it, and later steps are not asked. */
export const NEW_API_STEPS = ['reachable', 'family', 'token', 'admin', 'write'] as const;
export type NewApiStep = (typeof NEW_API_STEPS)[number];

/** A New API as its own pages know it: without its token. */
export interface NewApiView extends Omit<NewApiShort, 'keys'> {
  siteUrl: string;
  userId: string;
  /** Where its token is kept: on the device, or until the browser closes. */
  remember: 'device' | 'session';
  /** False: it was kept until the browser closed, and has to be entered again. */
  hasToken: boolean;
  /** Null: not recognised yet. */
  family: AccountFamily | null;
  /** Null: not checked yet. `sensitive`: may make and delete channels. */
  rights: { admin: boolean; write: boolean; sensitive: boolean } | null;
  /** Milliseconds since 1970. */
  checkedAt: number | null;
  sync: SyncSettings;
}

export interface NewApiReport {
  at: number;
  tookMs: number;
  passed: NewApiStep[];
  failure: Failure | null;
  found: { family: AccountFamily; siteName: string; channels: number; groups: string[] } | null;
}
