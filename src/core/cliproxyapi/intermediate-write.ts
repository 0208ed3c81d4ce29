import { canonicalJson, isPlainObject } from '../json';
import { serverWouldMerge } from './lists/dedupe';
import type { EntryChange, IntermediateWrite } from './entry-change';
import { excludedOf, keyEntries, modelsOf, nameOf, type Provider } from './provider';
import type { ProviderList } from './provider-list';
import { sameContent } from './same-entry';

/**
 * What has to be written before the planned change; undefined: nothing. `list` is the list that the change was decided
 * on; `reverted`: a reload has taken the change back once.
 */
export const intermediateWrite = (
  change: EntryChange,
  list: ProviderList,
  { reverted }: { reverted: boolean },
): IntermediateWrite | undefined =>
  withoutHeaders(change, list) ?? (reverted ? otherBytes(change) : undefined);

/**
 * The touched entry without its headers, where the change takes one out. On saving, CLIProxyAPI merges `headers` into the
 * map that its file has for the entry of that name (or key, where entries have no names), so a header that is missing
 * comes back with the reload; a map that is missing altogether goes (seen at 7.2.140). The same holds for an entry that
 * goes, or gets another name, and leaves one of its old name: that one would inherit all of its maps.
 */
function withoutHeaders(change: EntryChange, list: ProviderList): IntermediateWrite | undefined {
  const { after, before } = change;
  if (!before || change.whole) return change.first;
  const leavesName = after === null || !sameIdentity(before, after);
  if (leavesName && list.providers.some((other) => other !== before && sameIdentity(other, before)))
    return holdsMap(before) ? inPlaceOf(before, withoutMaps(before), list) : undefined;
  return after && losesHeader(before, after) ? inPlaceOf(before, withHeadersOut(after), list) : undefined;
}

/** The entry that takes another's place in between; the prefix keeps the server from merging it with a third one. */
function apart(before: Provider, bare: Provider, { list, providers, version }: ProviderList): Provider {
  const others = providers.filter((provider) => provider !== before);
  return serverWouldMerge(list, [...others, bare], bare, version) ? { ...bare, prefix: MARK } : bare;
}

/** The list with a bare entry in the place of another. */
function inPlaceOf(before: Provider, bare: Provider, list: ProviderList): IntermediateWrite {
  const entry = apart(before, bare, list);
  return { entry, providers: list.providers.map((provider) => (provider === before ? entry : provider)) };
}

/** What KeyFerry itself adds to an entry until the final write. */
const MARK = 'keyferry-intermediate';

function withHeadersOut(entry: Provider): Provider {
  const { headers: _, ...bare } = entry;
  return bare;
}

/** Whether CLIProxyAPI's file takes both for one entry: it knows entries by name, or by key where they have no names. */
export const sameIdentity = (a: Provider, b: Provider): boolean =>
  nameOf(a) === nameOf(b) && a['api-key'] === b['api-key'];

/** Whether its file could hand down a map of the entry. */
const holdsMap = (entry: Provider): boolean => canonicalJson(withoutMaps(entry)) !== canonicalJson(entry);

/** Without every map in it or in a part of it; lists and single values stay. */
const withoutMaps = (entry: Provider): Provider => bared(entry) as Provider;

function bared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bared);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !isPlainObject(item))
      .map(([name, item]) => [name, bared(item)]),
  );
}

/** Whether a header goes while others stay. */
function losesHeader(before: Provider | null, after: Provider | null): boolean {
  const keeps = Object.keys(after?.headers ?? {});
  return keeps.length > 0 && Object.keys(before?.headers ?? {}).some((name) => !keeps.includes(name));
}

/** Changes of several entries of a list; `providers`: the whole list after them. */
export interface ManyChanges {
  changes: readonly Pick<EntryChange, 'before' | 'after'>[];
  providers: readonly Provider[];
}

/**
 * The same for a change of several entries: those that lose a header are without any in between, and those that leave a
 * namesake, which stand in their old place, without any map.
 */
export function intermediateOfMany(
  { changes, providers }: ManyChanges,
  list: ProviderList,
): IntermediateWrite | undefined {
  const stays = new Set(providers.map(identityOf));
  const bareOf = new Map<Provider, Provider>();
  const swaps = changes.flatMap(({ before, after }) => {
    const bare = before && bareBetween(before, after, stays.has(identityOf(before)));
    if (!bare) return [];
    const marked = apart(before, bare, list);
    bareOf.set(after ?? before, marked);
    return [[marked, after] as const];
  });
  const [first] = swaps;
  return first && { entry: first[0], providers: listBetween({ changes, providers }, list, bareOf), swaps };
}

/** An entry as it is between the two writes; undefined: as it will be. `namesake`: another of its identity stays. */
function bareBetween(before: Provider, after: Provider | null, namesake: boolean): Provider | undefined {
  if (namesake && (after === null || !sameIdentity(before, after)))
    return holdsMap(before) ? withoutMaps(before) : undefined;
  return after && losesHeader(before, after) ? withHeadersOut(after) : undefined;
}

/** The planned list with the bare entries in it; those that go stand behind what they stood behind. */
function listBetween(
  { changes, providers }: ManyChanges,
  list: ProviderList,
  bareOf: ReadonlyMap<Provider, Provider>,
): Provider[] {
  const planned = new Map(changes.map(({ before, after }) => [before, after]));
  const between = (entry: Provider): Provider => bareOf.get(entry) ?? entry;
  const behind = new Map<Provider | undefined, Provider[]>();
  let last: Provider | undefined;
  for (const entry of list.providers) {
    const after = planned.get(entry);
    const bare = bareOf.get(entry);
    if (after !== null) last = after ?? entry;
    else if (bare) behind.set(last, [...(behind.get(last) ?? []), bare]);
  }
  return [
    ...(behind.get(undefined) ?? []),
    ...providers.flatMap((entry) => [between(entry), ...(behind.get(entry) ?? [])]),
  ];
}

const identityOf = (entry: Provider): string => canonicalJson([nameOf(entry), entry['api-key']]);

/**
 * The planned list with other bytes, for a change that a reload has taken back: the planned list lies in the file, and
 * CLIProxyAPI skips the reload of bytes that it believes it has loaded (CLIProxyAPI 7.2). Undefined for an entry that has
 * nothing to vary; it serves nothing either.
 */
export function otherBytes({ after, before, providers }: EntryChange): IntermediateWrite | undefined {
  if (after === null) {
    const entry = before && variant(before);
    return entry ? { entry, providers: [...providers, entry] } : undefined;
  }
  const entry = variant(after);
  return entry && { entry, providers: providers.map((provider) => (provider === after ? entry : provider)) };
}

/**
 * Means the same to clients and is harmless if it should stay: another order, a mapping that is there twice, or a pattern
 * that no model of CLIProxyAPI's catalogue has.
 */
function variant(provider: Provider): Provider | undefined {
  const [keys, models] = [keyEntries(provider), modelsOf(provider)];
  const [only] = models;
  if (models.length > 1) return { ...provider, models: rotated(models) };
  if (only) return { ...provider, models: [only, only] };
  if (provider['api-key'] !== undefined)
    return { ...provider, 'excluded-models': [...excludedOf(provider), MARK] };
  return keys.length > 1 ? { ...provider, 'api-key-entries': rotated(keys) } : undefined;
}

const rotated = <T>(list: readonly T[]): T[] => [...list.slice(1), ...list.slice(0, 1)];

/** The intermediate list as the change that writes it. */
export const intermediateChange = (
  change: EntryChange,
  { entry, providers }: IntermediateWrite,
): EntryChange => ({ ...change, kind: 'update', after: entry, providers, fields: [] });

/**
 * The planned change on a list that holds the intermediate write, read afresh; undefined if somebody changed the entry
 * meanwhile.
 */
export function finalWrite(
  change: EntryChange,
  intermediate: IntermediateWrite,
  providers: readonly Provider[],
): EntryChange | undefined {
  if (intermediate.swaps) {
    const list = swapped(intermediate.swaps, providers);
    return list && { ...change, providers: list };
  }
  const index = placeOf(intermediate.entry, providers);
  const before = providers[index];
  if (!before) return undefined;
  const { after, list } = change;
  if (after === null) return { ...change, before, providers: providers.toSpliced(index, 1) };
  return { kind: 'update', list, before, after, providers: providers.with(index, after), fields: [] };
}

function swapped(
  swaps: readonly (readonly [Provider, Provider | null])[],
  providers: readonly Provider[],
): readonly Provider[] | undefined {
  let list = providers;
  for (const [bare, after] of swaps) {
    const at = placeOf(bare, list);
    if (at < 0) return undefined;
    list = after ? list.with(at, after) : list.toSpliced(at, 1);
  }
  return list;
}

const placeOf = (entry: Provider, providers: readonly Provider[]): number =>
  providers.findIndex((provider) => sameContent(provider, entry));
