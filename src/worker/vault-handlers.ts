import type { Handlers } from '../contract/router';
import { exportBackup } from '../workflows/backup/export-backup';
import { closeLock, openLock, removeLock, resetStorage, setLock } from '../workflows/backup/lock';
import type { World } from '../workflows/ports';
import type { WorkerHooks } from './hooks';

type Vault = Extract<keyof Handlers, `${'lock' | 'backup'}.${string}` | 'storage.reset'>;

/** Messages about data at rest: what is under way ends before it is locked, what waited goes on when it is opened. */
export function vaultHandlers(world: World, { comeToRest, startAgain }: WorkerHooks): Pick<Handlers, Vault> {
  return {
    'lock.set': (input) => setLock(world, input),
    'lock.open': async ({ passphrase }) => {
      const open = await openLock(world, passphrase);
      if (open.ok && open.value) startAgain();
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
