import type { ChatTally } from './card';
import { findPools } from './pools';
import type { ProvedCard } from './proved-card';
import type { KeyPlace } from './provider-list';
import { isUnusable } from './unusable';

interface Model {
  name: string;
  alias: string;
}

/** So many models are looked at for one that no other provider serves. */
const LOOKED_AT = 20;

/**
 * The model by which a whole key is tried: the first of the expected ones that is served, if it can be one that no other
 * provider answers for, else the first that the relay is thought to refuse. Undefined where the card, which names only some of the missing models, does not tell of one.
 */
export function sampleOf(
  card: ProvedCard,
  expected: readonly Model[],
  place?: Pick<KeyPlace, 'providers' | 'index' | 'others' | 'forcePrefix'>,
): Model | undefined {
  const { served, total, missing } = card;
  const reasons = new Map(missing.map((model) => [idOf(model), model.reason]));
  const isNamed = (model: Model): boolean => reasons.has(idOf(model));
  const told = missing.length === total - served ? expected.length : expected.findLastIndex(isNamed);
  const usable = served > 0 ? expected.slice(0, told).filter((model) => !isNamed(model)) : [];
  const some = usable.slice(0, LOOKED_AT).map(({ alias }) => alias);
  const pools = place
    ? findPools(some, 0, place.providers, place.index, place.others, place.forcePrefix)
    : [];
  const shared = new Set(pools.map(({ alias }) => alias));
  return (
    usable.slice(0, LOOKED_AT).find(({ alias }) => !shared.has(alias)) ??
    usable[0] ??
    expected.find((model) => isUnusable(reasons.get(idOf(model)) ?? ''))
  );
}

/** A card after a real request with one of its models: what was answered is served, whatever was thought of it. */
export function triedCard(
  card: ProvedCard,
  { chats, sample, at }: { chats: ChatTally; sample: Model; at: number },
): ProvedCard {
  if (chats.answered + chats.byOther + chats.byUnknown === 0) return { ...card, chats, at };
  const { unsure: _unsure, ...sure } = card;
  const missing = card.missing.filter((model) => idOf(model) !== idOf(sample));
  const served = card.served + card.missing.length - missing.length;
  return { ...sure, served, missing, chats, at };
}

/**
 * The tally of a key whose chat another key of its pool answered, and which itself answered the chat of another. `own`: how
 * the proxy names it; `heard`: all keys that answered a chat.
 */
export function heardFrom(tally: ChatTally, own: string | undefined, heard: ReadonlySet<string>): ChatTally {
  if (!own || tally.byOther === 0 || !heard.has(own)) return tally;
  return { ...tally, byOther: tally.byOther - 1, answered: tally.answered + 1 };
}

const idOf = ({ name, alias }: Model): string => JSON.stringify([name, alias]);
