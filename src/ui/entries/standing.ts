import { hostOf } from '../../core/base-url';
import type { Card } from '../../core/cliproxyapi/card';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { isProvedByRequest, isServedWhole } from '../../core/cliproxyapi/proved-card';
import { isUnproved } from '../../core/cliproxyapi/unusable';
import type { EntryView } from '../../core/entries/view';
import type { KeyView } from '../../core/view/view';

/** How an entry stands, as far as it is known without asking: by itself, or by the cards of the keys in it. */
export type Standing = 'off' | 'empty' | 'served' | 'review' | 'unknown';

/** The same of one key, by degree, the worst first. */
export const KEY_STANDINGS = ['review', 'unproved', 'unknown', 'off', 'served', 'proved'] as const;
export type KeyStanding = (typeof KEY_STANDINGS)[number];

export interface EntryStanding {
  standing: Standing;
  /** Of each key, in the order of the entry. */
  keys: KeyStanding[];
  /** Of so many models it is known that they are served through one of the keys. */
  served: number;
}

/** Tells how entries stand; the keys are gone through once. */
export function standingOf(keys: readonly KeyView[]): (entry: EntryView) => EntryStanding {
  const cards = new Map<string, Card>();
  for (const { host, mask, card, running } of keys) {
    if (!card || running) continue;
    // Only what was proved says in which list it is.
    const at = placeOf(host, mask, card.kind === 'proved' ? card.list : '');
    // A key may be known twice: what was seen last holds.
    if (card.at >= (cards.get(at)?.at ?? 0)) cards.set(at, card);
  }
  return (entry) => {
    const { paused, models, list, keys: held } = entry;
    const alike = (standing: KeyStanding): KeyStanding[] => held.map(() => standing);
    if (paused) return { standing: 'off', keys: alike('off'), served: 0 };
    if (models === 0 && listTraits(list).withoutModels === 'nothing')
      return { standing: 'empty', keys: alike('review'), served: 0 };
    const host = hostOf(entry.baseUrl);
    const found = held.map(
      ({ mask }) => cards.get(placeOf(host, mask, list)) ?? cards.get(placeOf(host, mask, '')),
    );
    const standings = found.map((card) => (card ? cardStanding(card) : 'unknown'));
    const served = Math.max(0, ...found.map((card) => (card ? servedBy(card) : 0)));
    return { standing: wholeOf(standings), keys: standings, served: Math.min(models, served) };
  };
}

const placeOf = (host: string, mask: string, list: string): string => `${host} ${mask} ${list}`;

function wholeOf(keys: readonly KeyStanding[]): Standing {
  if (keys.some((key) => key === 'served' || key === 'proved')) return 'served';
  return keys.some((key) => key === 'review' || key === 'unproved') ? 'review' : 'unknown';
}

function cardStanding(card: Card): KeyStanding {
  if (card.kind !== 'proved') return 'review';
  if (isServedWhole(card)) return isProvedByRequest(card) ? 'proved' : 'served';
  const { served, total, missing, keyOnly } = card;
  const [first] = missing;
  // Listed, and maybe not for this very key; or nothing was learned.
  const open = served === total ? total > 0 && !keyOnly : first && isUnproved(first.reason);
  return open ? 'unproved' : 'review';
}

/** What the public list names, and what the relay may not speak, is not known to be served. */
const servedBy = (card: Card): number =>
  card.kind === 'proved' && card.basis === 'registry' && !card.unsure ? card.served : 0;
