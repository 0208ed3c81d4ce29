import { heldBack, type ProvedCard } from '../../core/cliproxyapi/proved-card';
import { troubleOf, type KeyFacts } from '../accounts/find-key';

/**
 * A card as it may be told now. While the relay is known to refuse the key, nothing of it is called served, unless a
 * request got through after the relay was asked.
 */
export function toldCard(card: ProvedCard, key: KeyFacts | undefined, now: number): ProvedCard {
  const trouble = key && troubleOf(key, now);
  if (!trouble || (card.chats && card.chats.answered > 0 && card.at > trouble.since)) return card;
  return heldBack(card, trouble.reason);
}
