import { updateCards, type ChangedEntry } from '../../core/cliproxyapi/update-cards';
import type { Ports } from '../ports';
import { updateRecord } from './journal';

/** Notes on the cards what a change did to its entry, and in its record which cards went. */
export async function updateCardsOf(
  ports: Pick<Ports, 'journal' | 'saved'>,
  id: string,
  changed: ChangedEntry,
  proxyRoot: string,
): Promise<void> {
  const gone = await ports.saved.change(({ cards }) => updateCards(cards, changed, proxyRoot));
  if (gone.ok && Object.keys(gone.value).length > 0) await updateRecord(ports, id, { cards: gone.value });
}
