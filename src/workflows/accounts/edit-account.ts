import { isOfUser, parseLogin, sameLogin, type AccountLogin } from '../../core/accounts/account-login';
import { hostOf } from '../../core/base-url';
import { typedAddress } from '../../core/typed-address';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Account } from '../../storage/schema';
import { changeAndNotify } from '../change-and-notify';
import { keepReading, readLogin, type AccountNeeds } from './keep-accounts';

/** `name`: empty for that of the site. `accessToken`: empty for the one that is kept. */
export interface AccountEdit extends AccountLogin {
  accountId: string;
  name: string;
}

/**
 * Renames an account, or gives it another address or login. An address or login is kept only with what it read, in one write,
 * so that one that does not work costs nothing. At the same address it must be of the same user, and all stays; at another
 * one, label and card of a key stay where it looks the same.
 */
export async function editAccount(ports: AccountNeeds, edit: AccountEdit): Promise<Result<true>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const { accounts } = saved.value;
  const before = accounts.find(({ id }) => id === edit.accountId);
  if (!before) return fail({ code: 'unknown-item' });
  const address = typedAddress(edit.siteUrl);
  if (!address.ok) return address;
  // A token goes to the site that it was given for, and to no other.
  const typed = edit.accessToken.trim();
  if (!typed && !isSameSite(address.value, new URL(before.siteUrl)))
    return fail({ code: 'key-for-new-host', host: address.value.host });
  const login = parseLogin({ ...edit, accessToken: typed || before.accessToken });
  if (!login.ok) return login;
  const name = edit.name.trim();
  const { siteUrl, accessToken, userId } = login.value;
  const isSame = siteUrl === before.siteUrl && userId === before.userId && accessToken === before.accessToken;
  if (isSame && (name || before.refreshedAt === null)) return rename(ports, before, name);
  const others = accounts.filter(({ id }) => id !== before.id);
  const twin = others.find((other) => sameLogin(other, login.value));
  if (twin) return fail({ code: 'duplicate', name: twin.name });
  const shortLived = accessToken === before.accessToken && before.shortLived === true;
  const changes = { name, siteUrl, accessToken, shortLived };
  const reading = await readLogin(ports, { ...before, ...changes, userId });
  if (!reading.ok) return reading;
  const told = { ...reading.value, siteUrl };
  const known = others.find((other) => isOfUser(other, told));
  if (known) return fail({ code: 'duplicate', name: known.name });
  if (siteUrl === before.siteUrl && before.refreshedAt !== null && !isOfUser(before, told))
    return fail({ code: 'user-id-refused', host: hostOf(siteUrl) });
  const changed = await keepReading(ports, before.id, reading, changes);
  return changed.ok ? ok(true) : changed;
}

/** Whether a token may go on from one address to the other: never to another host, nor in clear where it was not before. */
const isSameSite = (address: URL, before: URL): boolean =>
  address.host === before.host && (address.protocol === 'https:' || before.protocol === 'http:');

const rename = (ports: AccountNeeds, { id }: Account, name: string): Promise<Result<true>> =>
  changeAndNotify(ports, ports.saved, ({ accounts }) => {
    const account = accounts.find((candidate) => candidate.id === id);
    if (account) account.name = name;
  });
