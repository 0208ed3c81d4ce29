import type { Handlers } from '../../src/contract/router';
import { exportBackup } from '../../src/workflows/export-backup';
import { closeLock, openLock, removeLock, resetStorage, setLock } from '../../src/workflows/lock';
import type { World } from '../../src/workflows/world';

type Vault = Extract<keyof Handlers, `${'lock' | 'backup'}.${string}` | 'storage.reset'>;

/** Messages about data at rest. `comeToRest` ends what is under way; `opened` begins what waited for the key. */
export function vaultHandlers(
  world: World,
  comeToRest: () => Promise<void>,
  opened: () => void,
): Pick<Handlers, Vault> {
  return {
    'lock.set': (input) => setLock(world, input),
    'lock.open': async ({ passphrase }) => {
      const open = await openLock(world, passphrase);
      if (open.ok && open.value) opened();
      return open;
    },
    'lock.remove': ({ passphrase }) => removeLock(world, passphrase),
    'lock.close': async () => {
      await comeToRest();
      return closeLock(world);
    },
    'backup.export': ({ passphrase }) => exportBackup(world, passphrase),
    'storage.reset': async () => {
      await comeToRest();
      return resetStorage(world);
    },
  };
}
