import type { Handlers } from '../contract/router';
import { ok, type Result } from '../core/result';
import { checkConnection } from '../workflows/cliproxyapi/check-connection';
import { createKey, deleteKey, labelKey, newKeyForm, switchKey } from '../workflows/accounts/edit-keys';
import {
  addAccount,
  recogniseSite,
  refreshAccount,
  refreshAccounts,
  removeAccount,
} from '../workflows/accounts/keep-accounts';
import { addKey, addKeys, removeKey } from '../workflows/accounts/keep-keys';
import { forgetConnection, saveConnection } from '../workflows/cliproxyapi/save-connection';
import { findKey } from '../workflows/accounts/find-key';
import { revealKey } from '../workflows/accounts/reveal-key';
import type { Ports } from '../workflows/ports';

type Kept = Extract<
  keyof Handlers,
  `${'connection' | 'hosts' | 'key' | 'keys' | 'account' | 'accounts'}.${string}`
>;

/** Messages about what is kept: the connection, keys and accounts. */
export function keptHandlers(ports: Ports): Pick<Handlers, Kept> {
  const done = async <T>(value: T | Promise<T>): Promise<Result<T>> => ok(await value);
  return {
    'connection.save': (input) => saveConnection(ports, input),
    'connection.check': () => checkConnection(ports, new AbortController().signal),
    'connection.forget': () => forgetConnection(ports),
    'hosts.list': () => done(ports.hosts.list()),
    'hosts.revoke': ({ pattern }) => done(ports.hosts.revoke(pattern)),
    'key.add': (input) => addKey(ports, input),
    'keys.add': ({ keys, dry }) => addKeys(ports, keys, dry),
    'key.remove': ({ keyId }) => removeKey(ports, keyId),
    'key.text': async ({ keyId }) => {
      const key = await findKey(ports, keyId);
      return key.ok ? revealKey(ports, key.value) : key;
    },
    'key.label': ({ keyId, name, note }) => labelKey(ports, keyId, { name, note }),
    'key.form': ({ accountId }) => newKeyForm(ports, accountId),
    'key.create': ({ accountId, ...key }) => createKey(ports, accountId, key),
    'key.switch': ({ keyId, enabled }) => switchKey(ports, keyId, enabled),
    'key.delete': ({ keyId }) => deleteKey(ports, keyId),
    'account.add': (input) => addAccount(ports, input),
    'account.recognise': ({ siteUrl }) => recogniseSite(ports, siteUrl),
    'account.refresh': ({ accountId }) => refreshAccount(ports, accountId),
    'account.remove': ({ accountId }) => removeAccount(ports, accountId),
    'accounts.refresh': async ({ behind }) => {
      await refreshAccounts(ports, behind);
      return ok(true);
    },
  };
}
