import { hostOf } from '../core/base-url';
import { isMasked } from '../core/mask';
import { fail, ok, type Result } from '../core/result';
import { FAMILIES } from '../core/relay-family';
import { RELAYS } from '../relays/table';
import type { KeyFacts } from './find-key';
import { callRelay, countedReveal } from './relay-waits';
import type { World } from './world';

/**
 * The text of a key. One that the relay lists masked is revealed there, once, and remembered until the browser closes:
 * twenty reveals in twenty minutes lock the user out of the site's sign-in (relays/verified.md section 4).
 */
export async function revealKey(
  world: Pick<World, 'http' | 'hosts' | 'kept' | 'passing' | 'clock'>,
  key: KeyFacts,
): Promise<Result<string>> {
  if (key.source.kind === 'manual') return manualText(world, key.id);
  const { account, listed } = key.source;
  const relay = RELAYS[account.family];
  const passing = await world.passing.read();
  if (!passing.ok) return passing;
  const known = passing.value.revealed[key.id];
  if (known) return ok(known);
  const host = hostOf(account.siteUrl);
  const ask = (): ReturnType<typeof relay.reveal> => relay.reveal(world.http, account, [listed.remoteId]);
  // Only what the list shows masked costs a reveal; elsewhere the list is asked again.
  const revealed =
    isMasked(listed.mask) && FAMILIES[account.family].lists !== 'full'
      ? await countedReveal(world, account.siteUrl, ask)
      : await callRelay(world, account.siteUrl, ask);
  if (!revealed.ok) return revealed;
  const text = revealed.value.get(listed.remoteId);
  if (!text || isMasked(text)) return fail({ code: 'key-unrevealed', host });
  const saved = await world.passing.change((document) => {
    document.revealed[key.id] = text;
  });
  return saved.ok ? ok(text) : saved;
}

async function manualText(world: Pick<World, 'kept'>, id: string): Promise<Result<string>> {
  const kept = await world.kept.read();
  if (!kept.ok) return kept;
  const key = kept.value.keys.find((candidate) => candidate.id === id);
  return key ? ok(key.text) : fail({ code: 'unknown-item' });
}
