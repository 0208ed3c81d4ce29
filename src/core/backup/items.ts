import { parseLogin, type AccountLogin } from '../accounts/account-login';
import { hostOf } from '../base-url';
import type { Failure } from '../failures/failure';
import { maskKey } from '../mask';
import type { Result } from '../failures/result';
import type { Settings } from '../view/settings';

export interface Label {
  name: string;
  note: string;
}

/** A New API of a backup; `accessToken` is empty where the file is without secrets. */
export interface BackupNewApi {
  name: string;
  siteUrl: string;
  userId: string;
  accessToken: string;
}

/** An account of a backup, of KeyFerry or of another program. */
export interface BackupAccount extends BackupNewApi {
  /** By the number that the relay gives a key. */
  labels: Record<string, Label>;
  /** Switched off in the other program. */
  off: boolean;
  /** Why KeyFerry cannot keep such an account, whatever its login is. */
  failure: Failure | null;
}

/** A key of a backup; `text` is empty where only the mask is known. */
export interface BackupKey {
  name: string;
  baseUrl: string;
  text: string;
  mask: string;
  label: Label | null;
}

export interface BackupItems {
  source: 'keyferry' | 'all-api-hub';
  settings: Partial<Settings> | null;
  accounts: BackupAccount[];
  keys: BackupKey[];
  newApis: BackupNewApi[];
}

/** The state of one item: it can be added, is here already, needs its secret first, or cannot be used. */
export type ItemState =
  { kind: 'new' } | { kind: 'here' } | { kind: 'needs-secret' } | { kind: 'unusable'; failure: Failure };

/** One thing that can be chosen from a backup. */
export interface BackupItem {
  id: string;
  thing:
    | { kind: 'account'; account: BackupAccount }
    | { kind: 'key'; key: BackupKey }
    | { kind: 'new-api'; newApi: BackupNewApi }
    | { kind: 'settings'; settings: Partial<Settings> };
  state: ItemState;
}

interface Here {
  accounts: readonly Pick<BackupAccount, 'siteUrl' | 'userId'>[];
  keys: readonly { host: string; mask: string; accountId: string | null }[];
  newApis: readonly Pick<BackupNewApi, 'siteUrl' | 'userId'>[];
}

/** All that can be chosen. `keys`: the state of each key with a text, in order, as the worker says; masked ones are judged here. */
export function listItems(backup: BackupItems, here: Here, keys: readonly ItemState[]): BackupItem[] {
  const { accounts, settings } = backup;
  const rest = [...keys];
  return [
    ...accounts.map((account, at): BackupItem => {
      const before = accounts.slice(0, at).map(normalLogin);
      const state = accountState(normalLogin(account), [...here.accounts, ...before]);
      return { id: `account ${at}`, thing: { kind: 'account', account }, state };
    }),
    ...backup.keys.map((key, at): BackupItem => {
      const state = (key.text && rest.shift()) || maskedKeyState(key, here.keys);
      return { id: `key ${at}`, thing: { kind: 'key', key }, state };
    }),
    ...backup.newApis.map((newApi, at): BackupItem => {
      // Two users of one server are two New APIs; which of them a token is of, only the worker can tell.
      const state = accountState({ ...NO_ACCOUNT, ...normalLogin(newApi) }, here.newApis);
      return { id: `new-api ${at}`, thing: { kind: 'new-api', newApi }, state };
    }),
    ...(settings
      ? [{ id: 'settings', thing: { kind: 'settings', settings }, state: { kind: 'new' } } as const]
      : []),
  ];
}

/**
 * The state of an account. `here`: the accounts that are kept, whose tokens a page does not know, and those before it in
 * the backup. Where neither user nor token tell, adding the account finds out.
 */
function accountState(account: BackupAccount, here: readonly Partial<AccountLogin>[]): ItemState {
  const { siteUrl, userId, accessToken, failure } = account;
  const login = loginOf(account);
  if (!login.ok) return { kind: 'unusable', failure: login.failure };
  const same = here.some(
    (other) =>
      other.siteUrl === siteUrl &&
      ((userId !== '' && other.userId === userId) ||
        (accessToken !== '' && other.accessToken === accessToken)),
  );
  if (same) return { kind: 'here' };
  if (failure) return { kind: 'unusable', failure };
  return { kind: accessToken ? 'new' : 'needs-secret' };
}

const NO_ACCOUNT = { labels: {}, off: false, failure: null };

const loginOf = (account: BackupNewApi): Result<AccountLogin> =>
  parseLogin({ ...account, accessToken: account.accessToken || 'missing' });

/** The login in the form in which it is kept; an unusable one as it is in the backup. */
function normalLogin<A extends BackupNewApi>(account: A): A {
  const login = loginOf(account);
  if (!login.ok) return account;
  return { ...account, ...login.value, accessToken: account.accessToken && login.value.accessToken };
}

/** A key without its text is recognised by its mask. */
function maskedKeyState(key: BackupKey, here: Here['keys']): ItemState {
  const host = hostOf(key.baseUrl);
  const same = here.some(
    (other) => other.accountId === null && other.host === host && other.mask === key.mask,
  );
  return { kind: same ? 'here' : 'needs-secret' };
}

/** The mask of the text, or where there is none, the mask in the backup. */
export const shownMask = ({ text, mask }: BackupKey): string => (text ? maskKey(text.trim()) : mask);
