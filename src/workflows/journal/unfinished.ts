import { isOpen } from './journal';
import type { Ports } from '../ports';

/** Whether the last life of the worker left something for `recover` to look at. */
export async function hasUnfinished(ports: Pick<Ports, 'journal' | 'session'>): Promise<boolean> {
  const journal = await ports.journal.read();
  const session = await ports.session.read();
  return (
    (journal.ok && journal.value.records.some(isOpen)) ||
    (session.ok && Object.keys(session.value.running).length > 0)
  );
}
