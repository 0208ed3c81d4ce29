import { parseLogin, type AccountLogin } from '../accounts/account-login';
import { hostOf } from '../base-url';
import type { Failure } from '../failure';
import { maskKey } from '../mask';
import type { Settings } from '../view/settings';

export interface Label {
  name: string;
  note: string;
}

/** An account of a backup, whoever wrote it. */
export interface BackupAccount {
  name: string;
  siteUrl: string;
  userId: string;
  /** Empty: the backup does not have it. */
  accessToken: string;
  /** By the number that the relay gives a key. */
  labels: Record<string, Label>;
  /** The other program does not use it. */
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

/** A New API of a backup; `accessToken` is empty where the file is without secrets. */
export interface BackupNewApi {
  name: string;
  siteUrl: string;
  userId: string;
  accessToken: string;
}

export interface BackupItems {
  source: 'keyferry' | 'all-api-hub';
  settings: Partial<Settings> | null;
  accounts: BackupAccount[];
  keys: BackupKey[];
  newApis: BackupNewApi[];
}

/** What stands of one item: it can be added, is here, wants its secret first, or cannot be used. */
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

/** `keys`: what stands of each key with a text, in order, as the worker says it; of masked ones the page can tell. */
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
 * What stands of an account. `here`: those that are kept, of which a page knows no token, and those that stand in the
 * backup before. Where neither user nor token tell, it is found out when the account is added.
 */
function accountState(account: BackupAccount, here: readonly Partial<AccountLogin>[]): ItemState {
  const { siteUrl, userId, accessToken, failure } = account;
  const login = parseLogin({ ...account, accessToken: accessToken || 'missing' });
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

/** The login as it is kept; of one that cannot be, as it stands in the backup. */
function normalLogin<A extends BackupNewApi>(account: A): A {
  const login = parseLogin({ ...account, accessToken: account.accessToken || 'missing' });
  if (!login.ok) return account;
  return { ...account, ...login.value, accessToken: account.accessToken && login.value.accessToken };
}

/** A key whose text is not in the backup: its mask must do. */
function maskedKeyState(key: BackupKey, here: Here['keys']): ItemState {
  const host = hostOf(key.baseUrl);
  const same = here.some(
    (other) => other.accountId === null && other.host === host && other.mask === key.mask,
  );
  return { kind: same ? 'here' : 'needs-secret' };
}

/** The mask of a key with text, and the one of the backup without. */
export const shownMask = ({ text, mask }: BackupKey): string => (text ? maskKey(text.trim()) : mask);
