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
import type { World } from '../workflows/ports';

type Kept = Extract<
  keyof Handlers,
  `${'connection' | 'hosts' | 'key' | 'keys' | 'account' | 'accounts'}.${string}`
>;

/** Messages about what is kept: the connection, keys and accounts. */
export function keptHandlers(world: World): Pick<Handlers, Kept> {
  const done = async <T>(value: T | Promise<T>): Promise<Result<T>> => ok(await value);
  return {
    'connection.save': (input) => saveConnection(world, input),
    'connection.check': () => checkConnection(world, new AbortController().signal),
    'connection.forget': () => forgetConnection(world),
    'hosts.list': () => done(world.hosts.list()),
    'hosts.revoke': ({ pattern }) => done(world.hosts.revoke(pattern)),
    'key.add': (input) => addKey(world, input),
    'keys.add': ({ keys, dry }) => addKeys(world, keys, dry),
    'key.remove': ({ keyId }) => removeKey(world, keyId),
    'key.text': async ({ keyId }) => {
      const key = await findKey(world, keyId);
      return key.ok ? revealKey(world, key.value) : key;
    },
    'key.label': ({ keyId, name, note }) => labelKey(world, keyId, { name, note }),
    'key.form': ({ accountId }) => newKeyForm(world, accountId),
    'key.create': ({ accountId, ...key }) => createKey(world, accountId, key),
    'key.switch': ({ keyId, enabled }) => switchKey(world, keyId, enabled),
    'key.delete': ({ keyId }) => deleteKey(world, keyId),
    'account.add': (input) => addAccount(world, input),
    'account.recognise': ({ siteUrl }) => recogniseSite(world, siteUrl),
    'account.refresh': ({ accountId }) => refreshAccount(world, accountId),
    'account.remove': ({ accountId }) => removeAccount(world, accountId),
    'accounts.refresh': async ({ behind }) => {
      await refreshAccounts(world, behind);
      return ok(true);
    },
  };
}
