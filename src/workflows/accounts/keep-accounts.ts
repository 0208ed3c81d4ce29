import { parseLogin, sameLogin, siteOf, type AccountLogin } from '../../core/accounts/account-login';
import { hostOf } from '../../core/base-url';
import { isKeyText } from '../../core/key-text';
import { DEFAULT_UNIT } from '../../core/accounts/quota';
import type { FailureCode } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import { typedAddress } from '../../core/paste/typed-address';
import {
  FAMILIES,
  hasLastingToken,
  type AccountFamily,
  type RelayFamily,
} from '../../core/accounts/relay-family';
import { capReading } from '../../relays/cap-reading';
import { recognise } from '../../relays/recognise';
import type { SiteKind } from '../../core/accounts/site-kind';
import type { AccountReading } from '../../relays/relay';
import { RELAYS } from '../../relays/table';
import type { Account, Saved, ListedKey } from '../../storage/schema';
import { accountKeyId, allKeys } from './find-key';
import { callRelay, forgetWaits } from './relay-waits';
import { changeAndNotify } from '../change-and-notify';
import { forgetSecrets } from '../forget-secrets';
import type { Ports } from '../ports';

type Needs = Pick<Ports, 'http' | 'hosts' | 'saved' | 'session' | 'ids' | 'clock' | 'pages'>;

export interface AccountInput extends AccountLogin {
  name: string;
  /** Replaces the token of an account that is already kept. */
  renew?: boolean | undefined;
}

/** Checks what was typed, keeps the account, then reads it. A reading that fails leaves the account with its reason. */
export async function addAccount(ports: Needs, input: AccountInput): Promise<Result<string>> {
  const address = typedAddress(input.siteUrl);
  if (!address.ok) return address;
  const login = parseLogin(input);
  if (!login.ok) return login;
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const same = saved.value.accounts.find((other) => sameLogin(other, login.value));
  if (same && !input.renew) return fail({ code: 'duplicate', name: same.name });
  if (same) return renewToken(ports, same, login.value.accessToken);
  const account: Account = {
    ...login.value,
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
  await refreshAccount(ports, account.id);
  return ok(account.id);
}

/** Keeps a token that still works; replaces one that has ended by one that works, with what it read, in one write. */
async function renewToken(ports: Needs, before: Account, accessToken: string): Promise<Result<string>> {
  const { id, siteUrl } = before;
  if ((await refreshAccount(ports, id)).ok) return ok(id);
  const account = { ...before, accessToken };
  const reading = await callRelay(ports, siteUrl, () => readAccount(ports, account));
  if (!reading.ok) return reading;
  const kept = await keepReading(ports, id, reading, { accessToken });
  return kept.ok ? ok(id) : kept;
}

/** Recognises a site by its public status; sends no credential. */
export async function recogniseSite(ports: Needs, address: string): Promise<Result<SiteKind>> {
  const url = typedAddress(address);
  if (!url.ok) return url;
  const siteUrl = siteOf(url.value);
  return callRelay(ports, siteUrl, () => recognise(ports.http, siteUrl));
}

/**
 * Reads balance and keys again. If the relay does not answer, the known ones stay and the failure is noted beside them.
 * Key texts that the list shows in full are kept until the browser closes.
 */
export async function refreshAccount(ports: Needs, accountId: string): Promise<Result<true>> {
  const found = await findAccount(ports, accountId);
  if (!found.ok) return found;
  const account = found.value;
  const reading = await callRelay(ports, account.siteUrl, () => readAccount(ports, account));
  const kept = await keepReading(ports, accountId, reading);
  return kept.ok && !reading.ok ? reading : kept;
}

/** Keeps what was read of an account, or why it could not be read: then nothing else of it changes. */
async function keepReading(
  ports: Needs,
  accountId: string,
  reading: Reading,
  login: Partial<AccountLogin> = {},
): Promise<Result<true>> {
  if (reading.ok) {
    const revealed = await ports.session.change((document) => {
      for (const { remoteId, text } of reading.value.keys) {
        if (text !== undefined && isKeyText(text))
          document.revealed[accountKeyId(accountId, remoteId)] = text;
      }
    });
    if (!revealed.ok) return revealed;
  }
  return changeAndNotify(ports, ports.saved, (document) => {
    const current = document.accounts.find((candidate) => candidate.id === accountId);
    if (!current) return;
    current.failure = reading.ok ? null : reading.failure;
    if (!reading.ok) return;
    const { family, systemName, unit, balance, keys, more } = reading.value;
    current.name ||= systemName || hostOf(current.siteUrl);
    // The text of a key is never kept on the device.
    const listed = keys.map(({ text: _text, ...key }): ListedKey => key);
    const refreshedAt = ports.clock.now();
    Object.assign(current, { ...login, family, unit, balance, more, keys: listed, refreshedAt });
    forgetGone(document, accountId);
  });
}

export async function findAccount(ports: Pick<Ports, 'saved'>, accountId: string): Promise<Result<Account>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const account = saved.value.accounts.find(({ id }) => id === accountId);
  return account ? ok(account) : fail({ code: 'unknown-item' });
}

/** Drops card and label of every key that is no longer listed; the history keeps what was imported. */
function forgetGone(document: Saved, accountId: string): void {
  const listed = new Set(allKeys(document).map(({ id }) => id));
  for (const part of [document.cards, document.labels]) {
    for (const id of Object.keys(part)) {
      if (id.startsWith(`${accountId}/`) && !listed.has(id)) delete part[id];
    }
  }
}

type Reading = Result<AccountReading & { family: AccountFamily }>;

/** Failures of a site that may have changed its software since it was last read. */
const MAY_HAVE_MOVED: ReadonlySet<FailureCode> = new Set([
  'relay-shape',
  'relay-not-found',
  'relay-refusal',
  'token-refused',
  'user-id-refused',
  'not-new-api',
]);

/**
 * Reads an account. A site that was never read, or that answers unlike its family, is first recognised by its public
 * status, without a credential.
 */
async function readAccount(ports: Needs, account: Account): Promise<Reading> {
  const known = account.refreshedAt !== null;
  const before = known ? await readAs(ports, account, account.family) : undefined;
  if (before && (before.ok || !MAY_HAVE_MOVED.has(before.failure.code))) return before;
  const recognised = await recognise(ports.http, account.siteUrl);
  if (!recognised.ok) return before ?? recognised;
  const { family } = recognised.value;
  return before && family === account.family ? before : readAs(ports, account, family);
}

async function readAs(ports: Needs, account: Account, family: RelayFamily): Promise<Reading> {
  const host = hostOf(account.siteUrl);
  // Its token ends with the page that was logged in, and nothing but that page can renew it.
  if (!hasLastingToken(family)) return fail({ code: 'no-lasting-token', host });
  if (FAMILIES[family].userId === 'required' && !account.userId)
    return fail({ code: 'user-id-needed', host });
  const reading = await RELAYS[family].readAccount(ports.http, account);
  return reading.ok ? ok({ ...capReading(reading.value), family }) : reading;
}

/** The site turned the user away, by whatever word: only the user sends that token again. */
const TURNED_AWAY: ReadonlySet<FailureCode> = new Set([
  'token-refused',
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
export async function refreshAccounts(ports: Needs, behind = false): Promise<void> {
  const saved = await ports.saved.read();
  if (!saved.ok) return;
  const old = ports.clock.now() - FRESH_MS;
  const due = ({ refreshedAt, failure }: Account): boolean =>
    !behind || ((refreshedAt ?? 0) < old && !(failure && TURNED_AWAY.has(failure.code)));
  await Promise.all(saved.value.accounts.filter(due).map((account) => refreshAccount(ports, account.id)));
}

/** Forgets an account with its keys and what was revealed of them, also in History. `unread`: only one that was never read. */
export async function removeAccount(
  ports: Needs & Pick<Ports, 'journal'>,
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
