import { KEPT } from '../../core/history/kept';
import type { Ports } from '../ports';
import { isOpen, prune } from './journal';

/** Drops records that are too old, with their secrets, where no new record would do so. Writes only if there are any. */
export async function forgetOld(ports: Pick<Ports, 'journal' | 'clock'>): Promise<void> {
  const now = ports.clock.now();
  const journal = await ports.journal.read();
  if (!journal.ok || !journal.value.records.some((record) => !isOpen(record) && now - record.at >= KEPT.ms))
    return;
  await ports.journal.change((document) => prune(document, now));
}
