import type { Failure } from '../../core/failure';
import { groupBy } from '../../core/group-by';
import { hostOf } from '../../core/base-url';
import { isMasked } from '../../core/mask';
import { fail, ok, type Result } from '../../core/result';
import { FAMILIES } from '../../core/accounts/relay-family';
import { RELAYS } from '../../relays/table';
import type { KeyFacts } from './find-key';
import { callRelay, countedReveal } from './relay-waits';
import type { Account } from '../../storage/schema';
import type { World } from '../ports';

type Needs = Pick<World, 'http' | 'hosts' | 'kept' | 'passing' | 'clock'>;

/**
 * The text of a key. One that the relay lists masked is revealed there, once, and remembered until the browser closes:
 * twenty reveals in twenty minutes lock the user out of the site's sign-in (seen on running servers).
 */
export async function revealKey(world: Needs, key: KeyFacts): Promise<Result<string>> {
  if (key.source.kind === 'manual') return manualText(world, key.id);
  const { account, listed } = key.source;
  const passing = await world.passing.read();
  if (!passing.ok) return passing;
  const known = passing.value.revealed[key.id];
  if (known) return ok(known);
  const host = hostOf(account.siteUrl);
  const revealed = await askRelay(world, account, [listed.remoteId]);
  if (!revealed.ok) return revealed;
  const text = revealed.value.get(listed.remoteId);
  if (!text || isMasked(text)) return fail({ code: 'key-unrevealed', host });
  const saved = await world.passing.change((document) => {
    document.revealed[key.id] = text;
  });
  return saved.ok ? ok(text) : saved;
}

/**
 * The texts of several keys: those of one account with one call, which counts as one reveal for each hundred
 * (seen on running servers). A key that could not be had says why; the others go on.
 */
export async function revealKeys(
  world: Needs,
  keys: readonly KeyFacts[],
): Promise<Map<string, Result<string>>> {
  const passing = await world.passing.read();
  const known = passing.ok ? passing.value.revealed : {};
  const masked = groupBy(
    keys.filter(({ id, source }) => source.kind === 'account' && !known[id]),
    ({ source }) => (source.kind === 'account' ? source.account.id : ''),
  );
  const failures = new Map<string, Failure>();
  for (const some of masked.values()) {
    const [first] = some;
    if (some.length < 2 || first?.source.kind !== 'account') continue;
    const { account } = first.source;
    const ids = new Map(
      some.map((key) => [key.source.kind === 'account' ? key.source.listed.remoteId : 0, key.id]),
    );
    const revealed = await askRelay(world, account, [...ids.keys()]);
    if (revealed.ok) {
      const host = hostOf(account.siteUrl);
      for (const key of some) failures.set(key.id, { code: 'key-unrevealed', host });
      await world.passing.change((document) => {
        for (const [id, text] of revealed.value) {
          if (isMasked(text)) continue;
          document.revealed[ids.get(id)!] = text;
          failures.delete(ids.get(id)!);
        }
      });
    } else if (revealed.failure.code !== 'relay-not-found') {
      for (const key of some) failures.set(key.id, revealed.failure);
    }
  }
  const texts = new Map<string, Result<string>>();
  for (const key of keys) {
    const failure = failures.get(key.id);
    texts.set(key.id, failure ? fail(failure) : await revealKey(world, key));
  }
  return texts;
}

/** Only what the list shows masked costs a reveal; elsewhere the list is asked again. */
function askRelay(
  world: Needs,
  account: Account,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  const ask = (): Promise<Result<Map<number, string>>> =>
    RELAYS[account.family].reveal(world.http, account, ids);
  return FAMILIES[account.family].lists === 'full'
    ? callRelay(world, account.siteUrl, ask)
    : countedReveal(world, account.siteUrl, ask);
}

async function manualText(world: Pick<World, 'kept'>, id: string): Promise<Result<string>> {
  const kept = await world.kept.read();
  if (!kept.ok) return kept;
  const key = kept.value.keys.find((candidate) => candidate.id === id);
  return key ? ok(key.text) : fail({ code: 'unknown-item' });
}
