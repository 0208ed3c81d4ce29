import { fail, ok } from '../core/failures/result';
import { editEntry } from '../workflows/entries/edit-entry';
import { editEntries } from '../workflows/entries/edit-entries';
import { openEdits, planOpenEdits } from '../workflows/entries/open-edits';
import { ENTRY, listEntries, openEntry, planEntry } from '../workflows/entries/open-entry';
import type { Ports } from '../workflows/ports';
import { done, type HandlersOf, type WorkerHooks } from './hooks';

/** Messages about CLIProxyAPI's entries. A change runs under the id of the key whose card it began from, that of many under its own. */
export const entryHandlers = (
  ports: Ports,
  { works, plans, start, lookAgain }: WorkerHooks,
): HandlersOf<`entries.${string}` | `entry.${string}`> => ({
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
  'entries.open': ({ editId, order, ...ids }) => {
    lookAgain();
    return openEdits(ports, plans.open('entries', editId), editId, ids, order);
  },
  'entries.plan': ({ editId, order }) => planOpenEdits(ports, plans.at('entries', editId), editId, order),
  'entries.apply': async ({ editId, order, hash }) => {
    await start();
    const chosen = plans.at('entries', editId).get(editId);
    if (!chosen) return fail({ code: 'unknown-item' });
    const outcome = await works.run(editId, (signal) =>
      editEntries(ports, { editId, chosen, order, hash, signal }),
    );
    // The dialog comes back with a new plan of the same keys and entries.
    if (outcome.kind !== 'replan') plans.drop('entries', editId);
    return ok(outcome);
  },
});
