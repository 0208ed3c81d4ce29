import { fail, ok, type Result } from '../../core/result';
import { hostOf } from '../../core/base-url';
import { maskKey, showRelayMask } from '../../core/mask';
import { OPTIONAL_PREFIX } from '../../core/accounts/relay-family';
import { proposal, type Speaks } from '../../core/accounts/api-format';
import { RELAYS } from '../../relays/table';
import type { Account, Kept, ListedKey } from '../../storage/schema';
import type { World } from '../ports';

/** What is known of a key without its text. */
export interface KeyFacts {
  id: string;
  name: string;
  /** The user's own words about it. */
  note: string;
  relayName: string;
  /** The relay's address as the user gave it. */
  address: string;
  mask: string;
  optionalPrefix: string | undefined;
  source: { kind: 'manual' } | { kind: 'account'; account: Account; listed: ListedKey };
}

export const accountKeyId = (accountId: string, remoteId: number): string => `${accountId}/${remoteId}`;

/** All keys, those entered by hand first. */
export function allKeys(kept: Kept): KeyFacts[] {
  const manual = kept.keys.map((key): KeyFacts => ({
    id: key.id,
    name: kept.labels?.[key.id]?.name || key.relayName || hostOf(key.baseUrl),
    note: kept.labels?.[key.id]?.note ?? '',
    relayName: key.relayName || hostOf(key.baseUrl),
    address: key.baseUrl,
    mask: maskKey(key.text),
    // Which server is behind a bare URL is not known; `sk-` makes no difference at the whole New API family.
    optionalPrefix: OPTIONAL_PREFIX,
    source: { kind: 'manual' },
  }));
  const listed = kept.accounts.flatMap((account) =>
    account.keys.map((key) => accountKey(kept, account, key)),
  );
  return [...manual, ...listed];
}

function accountKey(kept: Kept, account: Account, listed: ListedKey): KeyFacts {
  const { optionalPrefix } = RELAYS[account.family];
  const id = accountKeyId(account.id, listed.remoteId);
  const label = kept.labels?.[id];
  return {
    id,
    name: label?.name || listed.name,
    note: label?.note ?? '',
    relayName: account.name || hostOf(account.siteUrl),
    address: account.siteUrl,
    mask: showRelayMask(listed.mask, optionalPrefix ?? ''),
    optionalPrefix,
    source: { kind: 'account', account, listed },
  };
}

/** The list that fits a key best, and why. */
export const proposalFor = ({ source }: KeyFacts): Speaks =>
  source.kind === 'manual'
    ? proposal({ relay: null, group: '', limits: null })
    : proposal({ ...source.listed, relay: source.account.family, limits: source.listed.models ?? null });

export async function findKey(world: Pick<World, 'kept'>, keyId: string): Promise<Result<KeyFacts>> {
  const kept = await world.kept.read();
  if (!kept.ok) return kept;
  const key = allKeys(kept.value).find((candidate) => candidate.id === keyId);
  return key ? ok(key) : fail({ code: 'unknown-item' });
}
