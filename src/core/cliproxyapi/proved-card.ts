import type { Card, Notice } from './card';
import type { Unusable } from './unusable';
import type { Proof } from './verdict';
import { sum } from '../sum';

/** At most so many models that are not served are named on a card. */
export const MAX_MISSING = 50;

export type ProvedCard = Extract<Card, { kind: 'proved' }>;

/** What a card says of its key beside the proof. `importId` is empty when nothing was written. */
export type CardSubject = Omit<ProvedCard, 'kind' | 'served' | 'total' | 'basis' | 'missing'>;

export function provedCard(proof: Proof, subject: CardSubject): ProvedCard {
  const missing = proof.models.filter((model) => !model.served);
  return {
    kind: 'proved',
    ...subject,
    served: proof.models.length - missing.length,
    total: proof.models.length,
    basis: proof.basis,
    missing: missing.slice(0, MAX_MISSING).map(({ name, alias, reason = 'unknown', by }) => ({
      name,
      alias,
      reason,
      ...(by !== undefined && { by }),
    })),
  };
}

/** An import that wrote nothing leaves the earlier one to be undone. */
export const keepUndo = (card: ProvedCard, before: Card | undefined): ProvedCard =>
  card.importId === '' && before?.kind === 'proved' && before.root === card.root
    ? { ...card, importId: before.importId }
    : card;

/** The card as it is told while the relay is known to refuse the key: the registry lists what no request reaches. */
export const heldBack = (card: ProvedCard, reason: Unusable): ProvedCard =>
  card.served === 0
    ? card
    : { ...card, served: 0, missing: [{ name: card.providerName, alias: card.providerName, reason }] };

/** Whether each model answered a real request through this key. */
export const isProvedByRequest = ({ chats, total }: ProvedCard): boolean =>
  total > 0 && chats?.answered === total;

/**
 * What the journal notes of the proofs of one record: null where nobody can tell. The public model list does not tell
 * through which key, and where the relay may not speak the list's language, only a request tells.
 */
export const recordedProof = (cards: readonly ProvedCard[]): { served: number | null; total: number } => ({
  served: cards.every(({ basis, unsure }) => basis === 'registry' && !unsure)
    ? sum(cards.map(({ served }) => served))
    : null,
  total: sum(cards.map(({ total }) => total)),
});

/** What a toast says of an import that was proved. */
export function provedNotice(card: ProvedCard): Notice['outcome'] {
  const { served, total, importId, missing, basis, keyOnly, unsure } = card;
  const [first] = missing;
  if (first) {
    const { reason, by } = first;
    return { kind: 'partly', served, total, importId, reason, ...(by !== undefined && { by }) };
  }
  if (basis !== 'registry' || unsure) return { kind: 'listed', total, importId, ...(unsure && { unsure }) };
  const byRequest = isProvedByRequest(card);
  return {
    kind: 'served',
    served,
    total,
    importId,
    ...(keyOnly && { keyOnly }),
    ...(byRequest && { byRequest }),
  };
}

/** Whether every model that this very key brought is served, as far as anybody knows. */
export const isServedWhole = ({ basis, served, total, keyOnly, unsure }: ProvedCard): boolean =>
  basis === 'registry' && total > 0 && served === total && !keyOnly && !unsure;
