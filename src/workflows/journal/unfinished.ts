import { isOpen } from './journal';
import type { World } from '../ports';

/** Whether the last life of the worker left something for `recover` to look at. */
export async function leftOpen(world: Pick<World, 'journal' | 'passing'>): Promise<boolean> {
  const journal = await world.journal.read();
  const passing = await world.passing.read();
  return (
    (journal.ok && journal.value.records.some(isOpen)) ||
    (passing.ok && Object.keys(passing.value.running).length > 0)
  );
}
