import type { RemoteGroup } from '../core/accounts/new-key';
import type { QuotaUnit } from '../core/accounts/quota';
import type { Result } from '../core/failures/result';
import type { Http } from '../ports/http';

/**
 * What signs in to an account of a relay; `FAMILIES` (core/accounts/relay-family) says which of it a family needs.
 */
export interface Credentials {
  siteUrl: string;
  accessToken: string;
  userId: string;
}

/** A key as the relay lists it, in the words of New API. */
export interface RemoteKey {
  remoteId: number;
  name: string;
  /** First and last characters with stars between, whatever the server gives: never a key. */
  mask: string;
  /** The whole key, ready for use, where the list gives it. Keep it for the session only. */
  text?: string;
  group: string;
  /** Sub2API: what the key's group speaks (`anthropic`, `openai`, `gemini`, `antigravity`). */
  platform?: string;
  /** The only models that the key may use; null: no such limit. An empty list means none at all. */
  models: string[] | null;
  /** 1 on, 2 off, 3 expired, 4 used up; it lags, so ask `keyStatus` of core/quota. */
  status: number;
  /** Seconds since 1970; -1: never. */
  expiredTime: number;
  remainQuota: number;
  usedQuota: number;
  unlimitedQuota: boolean;
}

export interface AccountReading {
  /** The user's number, as the relay tells it. */
  userId: string;
  systemName: string;
  unit: QuotaUnit;
  /** Points left. */
  balance: number;
  /** Points spent since the account was made; null: not told. */
  used: number | null;
  /** Newest first. */
  keys: RemoteKey[];
  /** The relay has more keys than are listed here (5,000 are). */
  more: boolean;
}

/**
 * A key to create. Only what `newKey` of the family names may differ from "no group, no limit, for ever, all models".
 */
export interface KeyDraft {
  name: string;
  /** Id of a group; empty: the user's own. */
  group: string;
  /** Points; null: no limit. */
  quota: number | null;
  /** Seconds since 1970; -1: never. */
  expiredTime: number;
  models: string[] | null;
}

/** One family of relays. A new one is a row in `token/kinds.ts`, or a folder beside it. */
export interface Relay {
  /** Balance, currency and all keys of the account. */
  readAccount(http: Http, credentials: Credentials, signal?: AbortSignal): Promise<Result<AccountReading>>;
}

/** Gives the whole texts of keys by remote id; keys that the server leaves out are absent. */
export type Reveal = (
  http: Http,
  credentials: Credentials,
  remoteIds: readonly number[],
) => Promise<Result<Map<number, string>>>;

/** Changes to an account's keys, apart from `Relay` so that only pages that offer them load them. */
export interface KeyEdits {
  /** Groups that a new key may belong to; none where the family has no groups. */
  readGroups(http: Http, credentials: Credentials): Promise<Result<RemoteGroup[]>>;
  /** The new key as listed; undefined if the key exists but the list does not show which one it is. */
  createKey(http: Http, credentials: Credentials, draft: KeyDraft): Promise<Result<RemoteKey | undefined>>;
  /**
   * Changes what `change` names and leaves the rest of the key as it is; `quota` is what is left. Reads the key again: where
   * it is not as asked, `key-unchanged`.
   */
  changeKey(
    http: Http,
    credentials: Credentials,
    remoteId: number,
    change: Partial<KeyDraft>,
  ): Promise<Result<true>>;
  /** Switches a key on or off and leaves the rest of it alone. */
  setKeyEnabled(
    http: Http,
    credentials: Credentials,
    remoteId: number,
    enabled: boolean,
  ): Promise<Result<true>>;
  deleteKey(http: Http, credentials: Credentials, remoteId: number): Promise<Result<true>>;
}
