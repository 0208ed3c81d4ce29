import type { Handlers } from '../../src/contract/router';
import { ok, type Result } from '../../src/core/result';
import { checkConnection } from '../../src/workflows/check-connection';
import { createKey, deleteKey, labelKey, newKeyForm, switchKey } from '../../src/workflows/edit-keys';
import {
  addAccount,
  recogniseSite,
  refreshAccount,
  refreshAccounts,
  removeAccount,
} from '../../src/workflows/keep-accounts';
import { addKey, addKeys, removeKey } from '../../src/workflows/keep-keys';
import { forgetConnection, saveConnection } from '../../src/workflows/save-connection';
import { findKey } from '../../src/workflows/find-key';
import { revealKey } from '../../src/workflows/reveal-key';
import type { World } from '../../src/workflows/world';

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
