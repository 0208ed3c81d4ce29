import type { QuotaUnit } from '../core/quota';
import type { Result } from '../core/result';
import type { Http } from '../ports/http';

/** What is needed to sign in to an account of a relay. */
export interface Credentials {
  siteUrl: string;
  accessToken: string;
  userId: string;
}

/** A key as the relay lists it, in the words of New API; `mask` is a mask or the text, as the server gives it. */
export interface RemoteKey {
  remoteId: number;
  name: string;
  mask: string;
  group: string;
  status: number;
  expiredTime: number;
  remainQuota: number;
  usedQuota: number;
  unlimitedQuota: boolean;
}

export interface AccountReading {
  systemName: string;
  unit: QuotaUnit;
  /** Points left. */
  balance: number;
  keys: RemoteKey[];
}

/** One family of relays. A new one is a new file and a row in `table.ts`. */
export interface Relay {
  /** What the family puts before a key's text and ignores when it is absent. */
  optionalPrefix: string | undefined;
  /** Balance, currency and all keys of the account. */
  readAccount(http: Http, credentials: Credentials, signal?: AbortSignal): Promise<Result<AccountReading>>;
  /** The texts of keys that the list shows masked, by remote id; a key that the server leaves out is absent. */
  reveal(
    http: Http,
    credentials: Credentials,
    remoteIds: readonly number[],
  ): Promise<Result<Map<number, string>>>;
}
