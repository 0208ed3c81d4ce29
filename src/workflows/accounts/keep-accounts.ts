import { isOfUser, parseLogin, sameLogin, type AccountLogin } from '../../core/accounts/account-login';
import { DEFAULT_UNIT } from '../../core/accounts/quota';
import { hostOf } from '../../core/base-url';
import type { FailureCode } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import { isKeyText } from '../../core/key-text';
import type { AccountReading } from '../../relays/relay';
import type { Account, Saved, ListedKey } from '../../storage/schema';
import { accountKeyId } from './find-key';
import { forgetGone, forgetStrangers } from './forget-keys';
import { readAccount, type Reading } from './read-account';
import { callRelay, endedLogin, forgetWaits } from './relay-waits';
import { changeAndNotify } from '../change-and-notify';
import { forgetSecrets } from '../forget-secrets';
import type { Ports } from '../ports';

export type AccountNeeds = Pick<Ports, 'http' | 'hosts' | 'saved' | 'session' | 'ids' | 'clock' | 'pages'>;

export interface AccountInput extends AccountLogin {
  name: string;
  /** Where the user is known already, the account gets this login. */
  renew?: boolean | undefined;
  /** The token was taken from a page and ends with its login. */
  shortLived?: boolean | undefined;
}

/**
 * Checks what was typed, keeps the account, then reads it. A reading that fails leaves the account with its reason. A user
 * who is known already, by what was typed or by what the relay tells, is never kept a second time.
 */
export async function addAccount(ports: AccountNeeds, input: AccountInput): Promise<Result<string>> {
  const login = parseLogin(input);
  if (!login.ok) return login;
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const same = saved.value.accounts.find((other) => sameLogin(other, login.value));
  const token = { accessToken: login.value.accessToken, shortLived: input.shortLived === true };
  if (same) return known(input, same, () => renewToken(ports, same, token));
  const account: Account = {
    ...login.value,
    ...token,
    id: ports.ids.next(),
    family: 'new-api',
    name: input.name.trim(),
    unit: DEFAULT_UNIT,
    balance: null,
    refreshedAt: null,
    failure: null,
    keys: [],
    more: false,
  };
  const added = await ports.saved.change((document) => {
    document.accounts.push(account);
  });
  if (!added.ok) return added;
  const kept = await readAndKeep(ports, account);
  if (!kept.ok || kept.value.id === account.id) return ok(account.id);
  return known(input, kept.value, async () => ok(kept.value.id));
}

const known = async (
  { renew }: AccountInput,
  { name }: Account,
  renewed: () => Promise<Result<string>>,
): Promise<Result<string>> => (renew ? renewed() : fail({ code: 'duplicate', name }));

type Token = Pick<Account, 'accessToken' | 'shortLived'>;

/** Replaces a token by one that works, with what it read, in one write. A lasting one that still works is not given for one that ends. */
async function renewToken(ports: AccountNeeds, before: Account, token: Token): Promise<Result<string>> {
  const { id } = before;
  if (isWorse(token, before) && (await refreshAccount(ports, id)).ok) return ok(id);
  const account = { ...before, ...token };
  const reading = await readLogin(ports, account);
  if (!reading.ok) return reading;
  const kept = await keepReading(ports, id, reading, token);
  return kept.ok ? ok(id) : kept;
}

const isWorse = (token: Token, than: Token): boolean => token.shortLived === true && !than.shortLived;

/**
 * Reads balance and keys again. If the relay does not answer, the known ones stay and the failure is noted beside them.
 * Key texts that the list shows in full are kept until the browser closes.
 */
export async function refreshAccount(ports: AccountNeeds, accountId: string): Promise<Result<true>> {
  const found = await findAccount(ports, accountId);
  const kept = found.ok ? await readAndKeep(ports, found.value) : found;
  return kept.ok ? ok(true) : kept;
}

export const readLogin = async (ports: AccountNeeds, account: Account): Promise<Reading> =>
  endedLogin(account, await callRelay(ports, account.siteUrl, () => readAccount(ports, account)));

/** The account as it is kept now: a known one, where the relay tells that the user is. */
async function readAndKeep(ports: AccountNeeds, account: Account): Promise<Result<Account>> {
  const reading = await readLogin(ports, account);
  const kept = await keepReading(ports, account.id, reading, {}, account);
  return kept.ok && !reading.ok ? reading : kept;
}

/**
 * Keeps what was read of an account, with the changes that it was read with, or why it could not be read: then nothing else
 * of it changes. Nothing is kept of an account that is no longer as it was when it was read (`readWith`).
 */
export async function keepReading(
  ports: AccountNeeds,
  accountId: string,
  reading: Reading,
  changes: Partial<Pick<Account, 'name' | 'siteUrl'> & Token> = {},
  readWith?: Pick<Account, 'siteUrl' | 'accessToken'>,
): Promise<Result<Account>> {
  const kept = await ports.saved.change((document): Kept | undefined => {
    const shown = document.accounts.find(({ id }) => id === accountId);
    if (!shown) return undefined;
    if (readWith && (readWith.siteUrl !== shown.siteUrl || readWith.accessToken !== shown.accessToken))
      return { account: shown };
    const current = reading.ok ? withoutTwin(document, shown, reading.value) : shown;
    current.failure = reading.ok ? null : reading.failure;
    if (!reading.ok) return { account: current };
    const { family, systemName, unit, balance, used, keys, more, userId } = reading.value;
    const moved = changes.siteUrl !== undefined && changes.siteUrl !== current.siteUrl;
    if (moved) forgetStrangers(document, current, keys);
    Object.assign(current, changes);
    current.name ||= systemName || hostOf(current.siteUrl);
    // The text of a key is never kept on the device.
    const listed = keys.map(({ text: _text, ...key }): ListedKey => key);
    const refreshedAt = ports.clock.now();
    Object.assign(current, { userId, family, unit, balance, used, more, keys: listed, refreshedAt });
    // Keys beyond what is kept have not gone.
    if (!more) forgetGone(document, current.id);
    return { account: current, texts: { keys, moved } };
  });
  if (!kept.ok) return kept;
  if (!kept.value) return fail({ code: 'unknown-item' });
  const { account, texts } = kept.value;
  const revealed = texts ? await keepTexts(ports, account.id, texts) : ok(undefined);
  if (!revealed.ok) return revealed;
  await ports.pages.notify();
  return ok(account);
}

/** The account as it is now, and the texts that were read with it. */
interface Kept {
  account: Account;
  texts?: Texts;
}

/** `moved`: they are another site's than those of before. */
interface Texts {
  keys: AccountReading['keys'];
  moved: boolean;
}

/**
 * Where a new account turns out to be of a user who is known, that account goes on, with the login that has just worked, and
 * the new one goes: it has nothing of its own yet.
 */
function withoutTwin(document: Saved, account: Account, { userId, keys }: AccountReading): Account {
  const told = { siteUrl: account.siteUrl, userId, keys };
  const first =
    account.refreshedAt === null &&
    document.accounts.find((other) => other.id !== account.id && isOfUser(other, told));
  if (!first) return account;
  document.accounts = document.accounts.filter(({ id }) => id !== account.id);
  if (first.failure || !isWorse(account, first)) {
    const { accessToken, shortLived } = account;
    Object.assign(first, { accessToken, shortLived });
  }
  return first;
}

/** Another site's key of the same number is another key, so that no text of the site before stays. */
const keepTexts = (
  { session }: AccountNeeds,
  accountId: string,
  { keys, moved }: Texts,
): Promise<Result<void>> =>
  session.change(({ revealed }) => {
    if (moved)
      for (const id of Object.keys(revealed)) if (id.startsWith(`${accountId}/`)) delete revealed[id];
    for (const { remoteId, text } of keys)
      if (text !== undefined && isKeyText(text)) revealed[accountKeyId(accountId, remoteId)] = text;
  });

export async function findAccount(ports: Pick<Ports, 'saved'>, accountId: string): Promise<Result<Account>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const account = saved.value.accounts.find(({ id }) => id === accountId);
  return account ? ok(account) : fail({ code: 'unknown-item' });
}

/** The site turned the user away, by whatever word: only the user sends that token again. */
const TURNED_AWAY: ReadonlySet<FailureCode> = new Set([
  'token-refused',
  'login-ended',
  'user-id-refused',
  'user-id-needed',
  'relay-refusal',
  'relay-forbidden',
]);

/** Lists younger than this are not refreshed in the background. */
const FRESH_MS = 5 * 60_000;

/**
 * Refreshes all accounts in parallel, so that a slow relay delays no other. `behind`: in the background, because a page
 * was opened; skips fresh lists and accounts whose login was refused.
 */
export async function refreshAccounts(ports: AccountNeeds, behind = false): Promise<void> {
  const saved = await ports.saved.read();
  if (!saved.ok) return;
  const old = ports.clock.now() - FRESH_MS;
  const due = ({ refreshedAt, failure }: Account): boolean =>
    !behind || ((refreshedAt ?? 0) < old && !(failure && TURNED_AWAY.has(failure.code)));
  await Promise.all(saved.value.accounts.filter(due).map((account) => refreshAccount(ports, account.id)));
}

/** Forgets an account with its keys and what was revealed of them, also in History. `unread`: only one that was never read. */
export async function removeAccount(
  ports: AccountNeeds & Pick<Ports, 'journal'>,
  accountId: string,
  unread = false,
): Promise<Result<true>> {
  if (unread) {
    const found = await findAccount(ports, accountId);
    if (!found.ok || found.value.refreshedAt !== null) return ok(true);
  }
  const revealed = await ports.session.change((document) => {
    const mine = Object.entries(document.revealed).filter(([id]) => id.startsWith(`${accountId}/`));
    for (const [id] of mine) delete document.revealed[id];
    return mine.map(([, text]) => text);
  });
  if (!revealed.ok) return revealed;
  const forgotten = await forgetSecrets(ports, revealed.value);
  if (!forgotten.ok) return forgotten;
  return changeAndNotify(ports, ports.saved, (document) => {
    const hosts = document.accounts
      .filter(({ id }) => id === accountId)
      .map(({ siteUrl }) => hostOf(siteUrl));
    document.accounts = document.accounts.filter(({ id }) => id !== accountId);
    const left = new Set(document.accounts.map(({ siteUrl }) => hostOf(siteUrl)));
    for (const host of hosts) if (!left.has(host)) forgetWaits(document, host);
    forgetGone(document, accountId);
  });
}
