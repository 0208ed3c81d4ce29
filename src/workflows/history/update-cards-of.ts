import { updateCards, type ChangedEntry } from '../../core/cliproxyapi/update-cards';
import type { Ports } from '../ports';
import { updateRecords } from './journal';

/** Notes on the cards what changes did to their entries, and in the record of each which cards went. */
export async function updateCardsOf(
  ports: Pick<Ports, 'journal' | 'saved'>,
  changes: ReadonlyMap<string, ChangedEntry>,
  proxyRoot: string,
): Promise<void> {
  const gone = await ports.saved.change(({ cards }) =>
    [...changes].flatMap(([id, changed]) => {
      const went = updateCards(cards, changed, proxyRoot);
      return Object.keys(went).length > 0 ? [[id, { cards: went }] as const] : [];
    }),
  );
  if (gone.ok && gone.value.length > 0) await updateRecords(ports, new Map(gone.value));
}
