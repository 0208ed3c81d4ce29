import type { Handlers } from '../contract/router';
import { ok } from '../core/result';
import { editEntry } from '../workflows/entries/edit-entry';
import { listEntries, openEntry, planEntry, type EntryBase } from '../workflows/entries/open-entry';
import type { Ports } from '../workflows/ports';
import type { WorkerHooks } from './hooks';

type Entry = Extract<keyof Handlers, 'entries.list' | `entry.${string}`>;

/** Messages about what stands in CLIProxyAPI already. A change is cancelled by the key that it was begun from. */
export function entryHandlers(
  ports: Ports,
  base: EntryBase,
  { cancellable, start }: WorkerHooks,
): Pick<Handlers, Entry> {
  return {
    'entries.list': () => listEntries(ports, base),
    'entry.open': ({ keyId }) => openEntry(ports, base, keyId),
    'entry.plan': ({ ref, edit }) => planEntry(ports, base, ref, edit),
    'entry.apply': async ({ keyId, ...order }) => {
      await start();
      base.config = undefined;
      const id = keyId || order.ref.id;
      return ok(await cancellable(id, (signal) => editEntry(ports, { ...order, keyId, signal })));
    },
  };
}
