import { exportBackup } from '../workflows/backup/export-backup';
import { closeLock, openLock, removeLock, resetStorage, setLock } from '../workflows/backup/lock';
import type { Ports } from '../workflows/ports';
import type { HandlersOf, WorkerHooks } from './hooks';

/** Messages about stored data. Works end before the lock closes, and unfinished imports are judged when it opens. */
export const vaultHandlers = (
  ports: Ports,
  { cancelAndDrain, startAgain }: WorkerHooks,
): HandlersOf<`${'lock' | 'backup'}.${string}` | 'storage.reset'> => ({
  'lock.set': (input) => setLock(ports, input),
  'lock.open': async ({ passphrase }) => {
    const open = await openLock(ports, passphrase);
    if (open.ok && open.value) startAgain();
    return open;
  },
  'lock.remove': ({ passphrase }) => removeLock(ports, passphrase),
  'lock.close': async () => {
    await cancelAndDrain();
    return closeLock(ports);
  },
  'backup.export': ({ passphrase }) => exportBackup(ports, passphrase),
  'storage.reset': async () => {
    await cancelAndDrain();
    return resetStorage(ports);
  },
});
