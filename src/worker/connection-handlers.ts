import { fail, ok } from '../core/failures/result';
import { keptFile } from '../workflows/cliproxyapi/keep-file';
import { addConnection } from '../workflows/connection/add-connection';
import { checkConnection } from '../workflows/connection/check-connection';
import { arrangeProxies } from '../workflows/connection/proxies';
import { forgetConnection, saveConnection } from '../workflows/connection/save-connection';
import type { Ports } from '../workflows/ports';
import { restoreFile } from '../workflows/undo/restore-file';
import { done, type HandlersOf, type WorkerHooks } from './hooks';
import { PROXY } from './open-plans';

/** Messages about CLIProxyAPI's address and key, and about hosts. */
export const connectionHandlers = (
  ports: Ports,
  { plans, works, start }: WorkerHooks,
): HandlersOf<`${'connection' | 'file' | 'hosts'}.${string}`> => ({
  'connection.save': async (input) => {
    const before = await addressOf(ports);
    const saved = await saveConnection(ports, input);
    // Another key of the same server leaves its lists, and the dialogs on them, as they are.
    if ((await addressOf(ports)) !== before) plans.dropServer(PROXY);
    return saved;
  },
  'connection.add': (input) => addConnection(ports, input),
  'connection.arrange': ({ ids }) => arrangeProxies(ports, ids),
  'connection.check': () => checkConnection(ports, new AbortController().signal),
  'connection.forget': async () => {
    // What is under way ends first: afterwards nobody would know of it.
    await works.drain();
    const forgotten = await forgetConnection(ports);
    plans.dropServer(PROXY);
    return forgotten;
  },
  'file.kept': async () => ok((await keptFile(ports)) !== undefined),
  'file.text': async () => {
    const kept = await keptFile(ports);
    return kept ? ok(kept.text) : fail({ code: 'file-changed' });
  },
  'file.restore': async () => {
    await start();
    return done(works.run('file', (signal) => restoreFile(ports, signal)));
  },
  'hosts.list': () => done(ports.hosts.list()),
  'hosts.revoke': ({ pattern }) => done(ports.hosts.revoke(pattern)),
});

/** The address in the normal form in which it is stored; undefined: there is none, or it cannot be read. */
async function addressOf({ saved }: Pick<Ports, 'saved'>): Promise<string | undefined> {
  const document = await saved.read();
  return document.ok ? document.value.connection?.address : undefined;
}
