import type { Card } from './card';
import type { ListName } from './lists/list-traits';
import { baseUrlOf, isPaused, keyEntries, labelOf, servedModelsOf } from './provider';
import type { ProvedCard } from './proved-card';
import type { NotServedReason } from './verdict';
import { MARK, type RedactedProvider } from './redact';

/** An entry before and after a change, without its secrets; null: there was, or is, none. */
export interface ChangedEntry {
  list: ListName;
  before: RedactedProvider | null;
  after: RedactedProvider | null;
}

/** Of which cards a change is told, and what it may have taken from them. */
export interface ToldTo {
  /** Only those that name one of these providers; absent: of every name. */
  names?: readonly string[];
  /** Models that go were there from this moment on (milliseconds since 1970): cards of before know none of them. */
  modelsSince?: number;
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
  { names, modelsSince = Infinity }: ToldTo = {},
): Record<string, ProvedCard> {
  const gone: Record<string, ProvedCard> = {};
  if (!before) return gone;
  const [had, has] = [printsOf(before), printsOf(after)];
  for (const [id, card] of Object.entries(cards)) {
    if (card.kind !== 'proved' || card.root !== root || card.list !== list) continue;
    if (card.print === undefined || !had.has(card.print)) continue;
    if (names && !names.includes(card.providerName)) continue;
    if (!after || !has.has(card.print)) {
      gone[id] = card;
      delete cards[id];
    } else cards[id] = cardAfter(card, before, after, card.at >= modelsSince);
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

/** `ofModels`: the card may speak of models that go. */
function cardAfter(
  card: ProvedCard,
  before: RedactedProvider,
  after: RedactedProvider,
  ofModels: boolean,
): Card {
  // A base URL with a user in it is a secret: the redacted entry has its fingerprint, which is no name.
  const secret = baseUrlOf(after).startsWith(MARK);
  const providerName = secret ? card.providerName : labelOf(after);
  // Another prefix gives every model other names.
  const touched =
    isPaused(before) !== isPaused(after) ||
    labelOf(before) !== labelOf(after) ||
    (before.prefix ?? '') !== (after.prefix ?? '') ||
    (ofModels && losesModel(before, after));
  if (!touched) return card;
  return notClaimed(card, providerName, isPaused(after) ? 'disabled' : 'unknown');
}

const losesModel = (before: RedactedProvider, after: RedactedProvider): boolean => {
  const left = new Set(servedModelsOf(after).map(textOfModel));
  return servedModelsOf(before).some((model) => !left.has(textOfModel(model)));
};
const textOfModel = ({ name, alias }: { name: string; alias: string }): string =>
  JSON.stringify([name, alias]);

function notClaimed(card: ProvedCard, providerName: string, reason: NotServedReason): ProvedCard {
  const { chats: _chats, ...rest } = card;
  const missing = [{ name: providerName, alias: providerName, reason }];
  return { ...rest, providerName, served: 0, basis: 'none', missing };
}
