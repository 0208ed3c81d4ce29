import { losesHeader, type EntryChange } from '../../core/cliproxyapi/entry-change';
import { canonicalJson, isPlainObject } from '../../core/json';
import {
  baseUrlOf,
  excludedOf,
  keyEntries,
  modelsOf,
  nameOf,
  type Provider,
} from '../../core/cliproxyapi/provider';
import { serverWouldMerge } from '../../core/cliproxyapi/dedupe';
import type { ProviderList } from '../../core/cliproxyapi/provider-list';
import { sameEntry, sameIdentity } from '../../core/cliproxyapi/same-entry';

/** A list that means nearly the same as the planned one and has other bytes. */
export interface IntermediateWrite {
  entry: Provider;
  providers: readonly Provider[];
  /** Where several entries change: those that go this way, each with what it becomes. */
  swaps?: (readonly [Provider, Provider])[];
}

/**
 * The way round by the touched entry without its headers, where the change takes one out: on saving, CLIProxyAPI merges
 * `headers` into the map that the file has for the entry of that name (or key, where entries have no names), so that one
 * which is missing stays, and is back with the reload. A map that is missing altogether goes (seen at 7.2.140). The same
 * holds for an entry that goes, or gets another name, and leaves one of its old name: that one would inherit all of its
 * maps. `list` is the list that `change` was decided on.
 */
export function withoutHeaders(change: EntryChange, list: ProviderList): IntermediateWrite | undefined {
  const { after, before, losers = [] } = change;
  if (losers.length > 0) return withoutHeadersOf(change, losers);
  if (!before || change.whole) return undefined;
  const { providers } = list;
  const heirs = after === null || !sameIdentity(before, after);
  const inherited = heirs && providers.some((other) => other !== before && sameIdentity(other, before));
  if (inherited)
    return holdsMap(before) ? detourBy(list, before, withoutMaps(before) as Provider) : undefined;
  if (!losesHeader(before, after)) return undefined;
  const { headers: _, ...entry } = after!;
  return detourBy(list, before, entry);
}

/** The list with another entry in the place of one; unlike every other in what the server takes entries for the same by. */
function detourBy(
  { list, providers, version }: ProviderList,
  before: Provider,
  bare: Provider,
): IntermediateWrite {
  const others = providers.filter((provider) => provider !== before);
  const entry = serverWouldMerge(list, [...others, bare], bare, version)
    ? { ...bare, prefix: 'keyferry-detour' }
    : bare;
  return { entry, providers: providers.map((provider) => (provider === before ? entry : provider)) };
}

const holdsMap = (entry: Provider): boolean => canonicalJson(withoutMaps(entry)) !== canonicalJson(entry);

/** Without every map that stands in it or in a part of it; lists and single values stay. */
function withoutMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMaps);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !isPlainObject(item))
      .map(([name, item]) => [name, withoutMaps(item)]),
  );
}

function withoutHeadersOf({ providers }: EntryChange, losers: readonly Provider[]): IntermediateWrite {
  const swaps = losers.map((after) => {
    const { headers: _, ...bare } = after;
    return [bare, after] as const;
  });
  const swapped = providers.map((provider) => swaps.find(([, after]) => after === provider)?.[0] ?? provider);
  return { entry: swaps[0]![0], providers: swapped, swaps };
}

/** The touched entry with other bytes. Undefined for one that has nothing to vary, and serves nothing either. */
export function otherBytes(change: EntryChange): IntermediateWrite | undefined {
  const { after, before, providers } = change;
  if (after === null) {
    const entry = before && variant(before);
    return entry ? { entry, providers: [...providers, entry] } : undefined;
  }
  const entry = variant(after);
  return entry && { entry, providers: providers.map((provider) => (provider === after ? entry : provider)) };
}

/**
 * Means the same to clients and is harmless if it should stay: another order, a mapping that stands there twice, or a
 * pattern that no model of CLIProxyAPI's catalogue has.
 */
function variant(provider: Provider): Provider | undefined {
  const [keys, models] = [keyEntries(provider), modelsOf(provider)];
  if (models.length > 1) return { ...provider, models: rotated(models) };
  if (models.length === 1) return { ...provider, models: [models[0]!, models[0]!] };
  if (provider['api-key'] !== undefined)
    return { ...provider, 'excluded-models': [...excludedOf(provider), 'keyferry-detour'] };
  return keys.length > 1 ? { ...provider, 'api-key-entries': rotated(keys) } : undefined;
}

const rotated = <T>(list: readonly T[]): T[] => [...list.slice(1), ...list.slice(0, 1)];

/** The planned change on a list that holds the detour; undefined if somebody changed the entry meanwhile. */
export function finalWrite(
  change: EntryChange,
  detour: IntermediateWrite,
  providers: readonly Provider[],
): EntryChange | undefined {
  if (detour.swaps) {
    let list = providers;
    for (const [bare, after] of detour.swaps) {
      const at = placeOf(bare, list);
      if (at < 0) return undefined;
      list = list.with(at, after);
    }
    return { ...change, providers: list, losers: [] };
  }
  const index = placeOf(detour.entry, providers);
  const before = providers[index];
  if (!before) return undefined;
  const { after } = change;
  if (after === null) return { ...change, before, providers: providers.toSpliced(index, 1) };
  const { list } = change;
  return { kind: 'update', list, before, after, providers: providers.with(index, after), fields: [] };
}

const placeOf = (entry: Provider, providers: readonly Provider[]): number =>
  providers.findIndex(
    (provider) =>
      nameOf(provider) === nameOf(entry) &&
      baseUrlOf(provider) === baseUrlOf(entry) &&
      sameEntry(canonicalJson(provider), canonicalJson(entry)),
  );
