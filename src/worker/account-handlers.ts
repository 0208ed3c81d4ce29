import { ok } from '../core/failures/result';
import { editAccount } from '../workflows/accounts/edit-account';
import {
  changeKey,
  createKey,
  deleteKey,
  labelKey,
  newKeyForm,
  switchKey,
} from '../workflows/accounts/edit-keys';
import { findKey } from '../workflows/accounts/find-key';
import { recogniseSite } from '../workflows/accounts/read-account';
import {
  addAccount,
  refreshAccount,
  refreshAccounts,
  removeAccount,
} from '../workflows/accounts/keep-accounts';
import { addKey, addKeys, removeKey } from '../workflows/accounts/keep-keys';
import { modelsOfKey } from '../workflows/channel-import/open-channel-import';
import { revealKey } from '../workflows/accounts/reveal-key';
import type { Ports } from '../workflows/ports';
import type { HandlersOf } from './hooks';

/** Messages about keys and accounts. */
export const accountHandlers = (
  ports: Ports,
): HandlersOf<`${'key' | 'keys' | 'account' | 'accounts'}.${string}`> => ({
  'key.add': (input) => addKey(ports, input),
  'keys.add': ({ keys, dry }) => addKeys(ports, keys, dry),
  'key.remove': ({ keyId }) => removeKey(ports, keyId),
  'key.text': async ({ keyId }) => {
    const key = await findKey(ports, keyId);
    return key.ok ? revealKey(ports, key.value, true) : key;
  },
  'key.models': async ({ keyId }) => {
    const key = await findKey(ports, keyId);
    const models = key.ok ? await modelsOfKey(ports, key.value) : key;
    return models.ok ? ok(models.value.names) : models;
  },
  'key.label': ({ keyId, name, note }) => labelKey(ports, keyId, { name, note }),
  'key.form': ({ accountId }) => newKeyForm(ports, accountId),
  'key.create': ({ accountId, ...key }) => createKey(ports, accountId, key),
  'key.change': ({ keyId, change }) => changeKey(ports, keyId, change),
  'key.switch': ({ keyId, enabled }) => switchKey(ports, keyId, enabled),
  'key.delete': ({ keyId }) => deleteKey(ports, keyId),
  'account.add': (input) => addAccount(ports, input),
  'account.edit': (edit) => editAccount(ports, edit),
  'account.recognise': ({ siteUrl }) => recogniseSite(ports, siteUrl),
  'account.refresh': ({ accountId }) => refreshAccount(ports, accountId),
  'account.remove': ({ accountId, unread }) => removeAccount(ports, accountId, unread),
  'accounts.refresh': async ({ behind }) => {
    await refreshAccounts(ports, behind);
    return ok(true);
  },
});
