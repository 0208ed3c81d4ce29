import { isOpen, readProviderRecords } from './journal';
import type { Ports } from '../ports';

/** Whether the last life of the worker left something for `recover` to look at. */
export async function hasUnfinished(ports: Pick<Ports, 'journal' | 'session'>): Promise<boolean> {
  const records = await readProviderRecords(ports);
  const session = await ports.session.read();
  return (
    (records.ok && records.value.some(isOpen)) ||
    (session.ok && Object.keys(session.value.running).length > 0)
  );
}
