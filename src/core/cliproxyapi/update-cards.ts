import type { Card } from './card';
import type { ListName } from './lists/list-traits';
import { baseUrlOf, isPaused, keyEntries, labelOf } from './provider';
import { MARK, type RedactedProvider } from './redact';

/** An entry before and after a change, without its secrets; null: there was, or is, none. */
export interface ChangedEntry {
  list: ListName;
  before: RedactedProvider | null;
  after: RedactedProvider | null;
}

/**
 * What cards may still say after an entry was changed. Which are about it, their key's fingerprint tells. What the change
 * may have done to a key's being served is not claimed any more until somebody asks; of a key that is gone, nothing.
 */
export function updateCards(
  cards: Record<string, Card>,
  { list, before, after }: ChangedEntry,
  root: string,
): void {
  if (!before) return;
  const [had, has] = [printsOf(before), printsOf(after)];
  for (const [id, card] of Object.entries(cards)) {
    if (card.kind !== 'proved' || card.root !== root || card.list !== list) continue;
    if (card.print === undefined || !had.has(card.print)) continue;
    if (!after || !has.has(card.print)) delete cards[id];
    else cards[id] = cardAfter(card, before, after);
  }
}

const printsOf = (entry: RedactedProvider | null): Set<string> =>
  new Set(entry ? keyEntries(entry).map((key) => (key['api-key'] ?? '').slice(MARK.length)) : []);

function cardAfter(card: Card & { kind: 'proved' }, before: RedactedProvider, after: RedactedProvider): Card {
  // A base URL with a user in it is a secret: the redacted entry has its fingerprint, which is no name.
  const secret = baseUrlOf(after).startsWith(MARK);
  const providerName = secret ? card.providerName : labelOf(after);
  const touched = isPaused(before) !== isPaused(after) || labelOf(before) !== labelOf(after);
  if (!touched) return card;
  const reason = isPaused(after) ? 'disabled' : 'unknown';
  const missing = { name: providerName, alias: providerName, reason } as const;
  return { ...card, providerName, served: 0, basis: 'none', missing: [missing] };
}
