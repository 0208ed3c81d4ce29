import { relayIdentity } from '../base-url';
import { sameKey } from '../key-text';
import { memo } from '../memo';
import { baseUrlOf, keyEntries, nameOf, sameName, type Provider } from './provider';

/** Names one entry of a list that may have moved: its place only decides between equal ones. */
export interface ProviderRef {
  index: number;
  name: string;
  baseUrl: string;
}

export type Match =
  | { kind: 'none' }
  | { kind: 'by-url'; index: number }
  | { kind: 'several'; candidates: ProviderRef[] }
  | { kind: 'name-only'; ref: ProviderRef };

export const refOf = (provider: Provider, index: number): ProviderRef => ({
  index,
  name: nameOf(provider),
  baseUrl: baseUrlOf(provider),
});

/** The entry that a ref means in a fresh list, or undefined if it is gone or no longer unique. */
export function resolveRef(
  providers: readonly Provider[],
  ref: ProviderRef,
  also: (provider: Provider) => boolean = () => true,
): number | undefined {
  const fits = (provider: Provider | undefined): boolean =>
    provider !== undefined &&
    nameOf(provider) === ref.name &&
    baseUrlOf(provider) === ref.baseUrl &&
    also(provider);
  if (fits(providers[ref.index])) return ref.index;
  const [one, ...more] = refsWhere(providers, fits);
  return more.length === 0 ? one?.index : undefined;
}

/**
 * Where a key of this base URL belongs: the provider with the same URL; of several the one that holds the key already;
 * else a provider of the same name, which is reported and never joined silently, since it has another URL.
 */
export function findProvider(
  providers: readonly Provider[],
  wanted: {
    baseUrl: string;
    name: string;
    key: string;
    optionalPrefix: string | undefined;
    /** Entries are keys: one of the same URL and another key is another entry. */
    keyPerEntry: boolean;
  },
): Match {
  const identity = relayIdentity(wanted.baseUrl);
  const isThere = (provider: Provider): boolean => relayOf(provider) === identity;
  const holding = refsWhere(providers, (provider) => isThere(provider) && holdsKey(provider, wanted));
  const byUrl = wanted.keyPerEntry ? holding : refsWhere(providers, isThere);
  const [match] = holding.length === 1 ? holding : byUrl;
  if (byUrl.length > 1 && holding.length !== 1) return { kind: 'several', candidates: byUrl };
  if (match) return { kind: 'by-url', index: match.index };
  if (wanted.keyPerEntry) return { kind: 'none' };
  const [ref] = refsWhere(providers, (provider) => sameName(nameOf(provider), wanted.name));
  return ref ? { kind: 'name-only', ref } : { kind: 'none' };
}

/** The relay of an entry, found once for each: one is compared with many. */
export const relayOf = memo((provider: Provider) => relayIdentity(baseUrlOf(provider)), new WeakMap());

export const holdsKey = (
  provider: Provider,
  { key, optionalPrefix }: { key: string; optionalPrefix: string | undefined },
): boolean => keyEntries(provider).some((entry) => sameKey(entry['api-key'] ?? '', key, optionalPrefix));

const refsWhere = (providers: readonly Provider[], test: (provider: Provider) => boolean): ProviderRef[] =>
  providers.flatMap((provider, index) => (test(provider) ? [refOf(provider, index)] : []));
