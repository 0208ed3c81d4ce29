import { editEntry } from '../workflows/entries/edit-entry';
import { ENTRY, listEntries, openEntry, planEntry } from '../workflows/entries/open-entry';
import type { Ports } from '../workflows/ports';
import { done, type HandlersOf, type WorkerHooks } from './hooks';

/** Messages about CLIProxyAPI's entries. A change runs under the id of the key whose card it began from. */
export const entryHandlers = (
  ports: Ports,
  { works, plans, start, lookAgain }: WorkerHooks,
): HandlersOf<'entries.list' | `entry.${string}`> => ({
  'entries.list': () => {
    lookAgain();
    return listEntries(ports);
  },
  'entry.open': ({ keyId }) => openEntry(ports, plans.open('entry', ENTRY), keyId),
  'entry.plan': ({ ref, edit }) => planEntry(ports, plans.at('entry', ENTRY), ref, edit),
  'entry.apply': async ({ keyId, ...order }) => {
    await start();
    plans.drop('entry', ENTRY);
    const id = keyId || order.ref.id;
    return done(works.run(id, (signal) => editEntry(ports, { ...order, keyId, signal })));
  },
});
