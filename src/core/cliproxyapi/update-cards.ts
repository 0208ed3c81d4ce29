import type { Card } from './card';
import type { ListName } from './lists/list-traits';
import { baseUrlOf, isPaused, keyEntries, labelOf } from './provider';
import type { ProvedCard } from './proved-card';
import type { NotServedReason } from './verdict';
import { MARK, type RedactedProvider } from './redact';

/** An entry before and after a change, without its secrets; null: there was, or is, none. */
export interface ChangedEntry {
  list: ListName;
  before: RedactedProvider | null;
  after: RedactedProvider | null;
}

/**
 * What cards may still say after an entry was changed. Which are about it, their key's fingerprint tells. What the change
 * may have done to a key's being served is not claimed any more until somebody asks; of a key that is gone, nothing: its
 * card goes. Returns the cards that went, by key.
 */
export function updateCards(
  cards: Record<string, Card>,
  { list, before, after }: ChangedEntry,
  root: string,
): Record<string, ProvedCard> {
  const gone: Record<string, ProvedCard> = {};
  if (!before) return gone;
  const [had, has] = [printsOf(before), printsOf(after)];
  for (const [id, card] of Object.entries(cards)) {
    if (card.kind !== 'proved' || card.root !== root || card.list !== list) continue;
    if (card.print === undefined || !had.has(card.print)) continue;
    if (!after || !has.has(card.print)) {
      gone[id] = card;
      delete cards[id];
    } else cards[id] = cardAfter(card, before, after);
  }
  return gone;
}

/** Brings cards back whose keys are in the list again. Whether those are served, nobody has asked since. */
export function restoreCards(cards: Record<string, Card>, gone: Readonly<Record<string, ProvedCard>>): void {
  for (const [id, card] of Object.entries(gone)) {
    if (cards[id]?.kind === 'proved') continue;
    cards[id] = notClaimed(card, card.providerName, 'unknown');
  }
}

const printsOf = (entry: RedactedProvider | null): Set<string> =>
  new Set(entry ? keyEntries(entry).map((key) => (key['api-key'] ?? '').slice(MARK.length)) : []);

function cardAfter(card: ProvedCard, before: RedactedProvider, after: RedactedProvider): Card {
  // A base URL with a user in it is a secret: the redacted entry has its fingerprint, which is no name.
  const secret = baseUrlOf(after).startsWith(MARK);
  const providerName = secret ? card.providerName : labelOf(after);
  // Another prefix gives every model other names.
  const touched =
    isPaused(before) !== isPaused(after) ||
    labelOf(before) !== labelOf(after) ||
    (before.prefix ?? '') !== (after.prefix ?? '');
  if (!touched) return card;
  return notClaimed(card, providerName, isPaused(after) ? 'disabled' : 'unknown');
}

function notClaimed(card: ProvedCard, providerName: string, reason: NotServedReason): ProvedCard {
  const { chats: _chats, ...rest } = card;
  const missing = [{ name: providerName, alias: providerName, reason }];
  return { ...rest, providerName, served: 0, basis: 'none', missing };
}
