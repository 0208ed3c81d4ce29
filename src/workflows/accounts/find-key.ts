import { fail, ok, type Result } from '../../core/failures/result';
import { baseUrlFromAddress, hostOf, relayIdentity } from '../../core/base-url';
import { holdsKey } from '../../core/cliproxyapi/find-provider';
import { maskKey, showRelayMask } from '../../core/mask';
import { FAMILIES, OPTIONAL_PREFIX, type RelayFamily } from '../../core/accounts/relay-family';
import { splitByLimits } from '../../core/accounts/key-limits';
import type { ListedModels } from '../../core/import/opened';
import {
  apiFormatOf,
  speaksList,
  type ApiFormatInput,
  type ApiFormatProposal,
  type ListProposal,
} from '../../core/accounts/api-format';
import { keyStatus, keyTrouble } from '../../core/accounts/quota';
import { listRefusal } from '../../core/cliproxyapi/lists/list-allowed';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import { baseUrlOf, type Provider } from '../../core/cliproxyapi/provider';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Unusable } from '../../core/cliproxyapi/unusable';
import type { Account, ListedKey, ManualKey, Saved } from '../../storage/schema';
import type { Ports } from '../ports';

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
  source:
    { kind: 'manual'; relay: RelayFamily | null } | { kind: 'account'; account: Account; listed: ListedKey };
}

/** How records name a key. */
export const keyRefOf = ({ id, name, mask }: KeyFacts) => ({ id, name, mask });

export const accountKeyId = (accountId: string, remoteId: number): string => `${accountId}/${remoteId}`;

/** All keys, those entered by hand first. */
export function allKeys(saved: Saved): KeyFacts[] {
  const manual = saved.keys.map(manualKey);
  const listed = saved.accounts.flatMap((account) => account.keys.map((key) => accountKey(account, key)));
  return [...manual, ...listed].map((key) => {
    const label = saved.labels[key.id];
    return { ...key, name: label?.name || key.name, note: label?.note ?? '' };
  });
}

function manualKey({ id, relayName, baseUrl, text, relay }: ManualKey): Omit<KeyFacts, 'note'> {
  const name = relayName || hostOf(baseUrl);
  return {
    id,
    name,
    relayName: name,
    address: baseUrl,
    mask: maskKey(text),
    // Where the server behind a bare URL is not known: `sk-` makes no difference at the whole New API family.
    optionalPrefix: relay ? FAMILIES[relay].optionalPrefix : OPTIONAL_PREFIX,
    source: { kind: 'manual', relay: relay ?? null },
  };
}

function accountKey(account: Account, listed: ListedKey): Omit<KeyFacts, 'note'> {
  const { optionalPrefix } = FAMILIES[account.family];
  return {
    id: accountKeyId(account.id, listed.remoteId),
    name: listed.name,
    relayName: account.name || hostOf(account.siteUrl),
    address: account.siteUrl,
    mask: showRelayMask(listed.mask, optionalPrefix ?? ''),
    optionalPrefix,
    source: { kind: 'account', account, listed },
  };
}

/** What is known of the API that a key speaks; `names`: the models that its relay lists for it. */
export function formatFacts({ source }: KeyFacts, names: readonly string[]): ApiFormatInput {
  const relay = source.kind === 'manual' ? source.relay : source.account.family;
  const { group, platform, models } = source.kind === 'manual' ? UNLISTED : source.listed;
  return { relay, group, platform, models: relay === 'sub2api' ? (models ?? names) : models };
}

const UNLISTED: Pick<ListedKey, 'group' | 'platform' | 'models'> = { group: '', models: null };

/** The list that fits a key best, and why. */
export const proposalFor = (key: KeyFacts, names: readonly string[]): ApiFormatProposal =>
  apiFormatOf(formatFacts(key, names));

/** Whether an entry of the relay with this base URL has the key already. */
export const isThere = (
  { optionalPrefix }: KeyFacts,
  text: string,
  providers: readonly Provider[],
  baseUrl: string,
): boolean =>
  providers.some(
    (provider) =>
      relayIdentity(baseUrlOf(provider)) === relayIdentity(baseUrl) &&
      holdsKey(provider, { key: text, optionalPrefix }),
  );

/**
 * The list to propose for an import: the one that has the key already, else the one that fits it best. A list that this
 * server cannot have written is not proposed; where the user chooses it, the plan says why.
 */
export function listFor(
  config: ProxyConfig,
  key: KeyFacts,
  text: string,
  names: readonly string[],
): ListProposal {
  const fitting = proposalFor(key, names);
  const baseUrl = baseUrlFromAddress(key.address);
  const holds = (list: ListName): boolean =>
    baseUrl.ok && isThere(key, text, config.lists[list] ?? [], baseUrl.value);
  const there = [fitting.list, ...LIST_NAMES].find(holds) ?? fitting.list;
  if (listRefusal(there, config.version)) return { list: 'openai-compatibility', reason: 'any-models' };
  return there === fitting.list ? fitting : { list: there, reason: 'there-already' };
}

/** Whether the relay of a key speaks the language of a list; `names`: the models that go along. */
export const spokenBy = (
  key: KeyFacts,
  list: ListName,
  names: readonly string[],
): ReturnType<typeof speaksList> => speaksList(formatFacts(key, names), list);

/** Why a request with the key for this model will not get through at its relay, as far as the relay told. */
export function refusedModels(
  key: KeyFacts,
  list: ListName,
  names: readonly string[],
): (name: string) => Unusable | undefined {
  const limits = key.source.kind === 'account' ? key.source.listed.models : null;
  const barred = new Set(splitByLimits(names, limits).barred);
  const unspoken = spokenBy(key, list, names) === 'no';
  return (name) => (unspoken ? 'unspoken' : barred.has(name) ? 'barred' : undefined);
}

/**
 * Why its relay will refuse a key as it is now, and since when that holds or is known (milliseconds since 1970). The
 * account's last reading tells.
 */
export function troubleOf(
  { source }: KeyFacts,
  now: number,
): { reason: Unusable; since: number } | undefined {
  if (source.kind === 'manual') return undefined;
  const { account, listed } = source;
  const why = keyTrouble(keyStatus(listed, now / 1000), account.balance);
  if (!why) return undefined;
  const since = Math.max(account.refreshedAt ?? 0, why === 'expired' ? listed.expiredTime * 1000 : 0);
  return { reason: `key-${why}`, since };
}

/** What a relay lists, as far as it lets the key use it. */
export function usableBy({ source }: KeyFacts, listed: Result<ListedModels>): Result<ListedModels> {
  if (!listed.ok || source.kind === 'manual') return listed;
  return ok({ ...listed.value, ...splitByLimits(listed.value.names, source.listed.models) });
}

export async function findKey(ports: Pick<Ports, 'saved'>, keyId: string): Promise<Result<KeyFacts>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const key = allKeys(saved.value).find((candidate) => candidate.id === keyId);
  return key ? ok(key) : fail({ code: 'unknown-item' });
}
