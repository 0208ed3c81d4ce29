import { KEPT_MS } from '../../core/history/kept';
import type { Ports } from '../ports';
import { openRecords } from './journal';

/** Drops records that are too old, with their secrets, where no new record would do so. Writes only if there are any. */
export async function forgetOld(ports: Pick<Ports, 'journal' | 'clock'>): Promise<void> {
  const old = ports.clock.now() - KEPT_MS;
  const journal = await ports.journal.read();
  // To add none prunes all.
  if (journal.ok && journal.value.records.some(({ at }) => at <= old)) await openRecords(ports, []);
}
