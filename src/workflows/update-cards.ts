import type { Card } from '../core/card';
import type { EntryChange } from '../core/entry-change';
import { isPaused, labelOf, type Provider } from '../core/provider';

/**
 * What cards may still say after their provider was changed. What the change may have done to its being served is not
 * claimed any more until somebody asks.
 */
export function updateCards(
  cards: Record<string, Card>,
  { before, after }: Pick<EntryChange, 'before' | 'after'>,
  root: string,
): void {
  if (!before) return;
  for (const [id, card] of Object.entries(cards)) {
    if (card.kind !== 'proved' || card.root !== root || card.providerName !== labelOf(before)) continue;
    if (after === null) delete cards[id];
    else cards[id] = cardAfter(card, before, after);
  }
}

function cardAfter(card: Card & { kind: 'proved' }, before: Provider, after: Provider): Card {
  const providerName = labelOf(after);
  const touched = isPaused(before) !== isPaused(after) || providerName !== card.providerName;
  if (!touched) return card;
  const reason = isPaused(after) ? 'disabled' : 'unknown';
  const missing = [{ name: providerName, alias: providerName, reason } as const];
  return { ...card, providerName, served: 0, basis: 'none', missing: [...missing] };
}
