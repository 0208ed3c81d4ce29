import { hostOf } from '../base-url';
import { changeOf } from '../batch/plan-batch';
import { findPools, type PoolMember } from '../cliproxyapi/pools';
import type { EntryChange } from '../cliproxyapi/entry-change';
import { serverWouldMerge } from '../cliproxyapi/lists/dedupe';
import { LIST_NAMES } from '../cliproxyapi/lists/list-traits';
import { listTraits } from '../cliproxyapi/lists/table';
import {
  baseUrlOf,
  clientNameOf,
  isPaused,
  keyEntries,
  modelsOf,
  nameOf,
  priorityOf,
  sameName,
  type KeyEntry,
  type Provider,
} from '../cliproxyapi/provider';
import { selectList, type ProviderList } from '../cliproxyapi/provider-list';
import type { ProxyConfig } from '../cliproxyapi/proxy-config';
import { servedNames } from '../cliproxyapi/served-names';
import { countTouched } from '../entries/applied';
import { weightRefusal } from '../entries/edit';
import type { Failure } from '../failures/failure';
import type { Change } from '../import/change';
import { freeName } from '../import/locate-provider';
import { canonicalJson } from '../json';
import { undoChanges } from '../undo/undo-changes';
import { arrivalChanges } from './arrival-changes';
import { countAlike } from './held';
import { missingModels, type Missing, type Uncarried } from './compare';
import { textsOf } from './pair-entries';

/** What becomes of one entry of the list that things are carried into. */
export interface CarriedEntry extends Pick<EntryChange, 'kind' | 'before'> {
  kind: 'create' | 'update';
  /** Its place in the list after the write. */
  index: number;
  after: Provider;
  changes: Change[];
  /** How many entries of the list are already as this one becomes. */
  counted: number;
  /** How many are like it in all that counts. */
  alike: number;
  /** The keys that are to be asked about: the new ones, or one of those that models come for. */
  texts: string[];
}

/** What becomes of one list. */
export interface ListCarry extends Pick<ProviderList, 'list' | 'providers'> {
  entries: CarriedEntry[];
  leftOut: { missing: Missing; failure: Failure }[];
  /** Models that another chosen one leaves no name for. */
  uncarried: Uncarried[];
  /** Names that come and that others serve, too. */
  pools: PoolMember[];
}

/**
 * Plans what was chosen as one change of a list, each on what the ones before it leave: entries that are new stand behind
 * all others, as they are there with every field, and paused if they are paused there; keys and models stand behind those
 * of the entry that they go into, which keeps all that it has. Nothing else is touched: every other entry is the very
 * object that was read. Pure.
 */
export function planCarry(list: ProviderList, chosen: readonly Missing[]): ListCarry {
  const { list: name, providers } = list;
  const plan: ListCarry = { list: name, providers, entries: [], leftOut: [], uncarried: [], pools: [] };
  for (const missing of chosen) {
    const here = { ...list, providers: plan.providers };
    const at = missing.into ? placeNow(plan, list.providers, missing.into) : -1;
    const failure = at < 0 ? arrive(plan, here, missing) : join(plan, here, missing, at);
    if (failure) plan.leftOut.push({ missing, failure });
  }
  plan.entries = plan.entries.map((entry) => finish(list, entry));
  plan.pools = plan.entries.flatMap((entry) => poolsOf({ ...list, providers: plan.providers }, entry));
  return plan;
}

/** One plan for each list that something was chosen of, in the order in which lists are written. */
export const planCarries = (config: ProxyConfig, chosen: readonly Missing[]): ListCarry[] =>
  LIST_NAMES.flatMap((name) => {
    const own = chosen.filter(({ list }) => list === name);
    const list = selectList(config, name);
    return own.length > 0 && list.ok ? [planCarry(list.value, own)] : [];
  });

/** The one change of the list; null: there is nothing to do. */
export const carryChange = (plan: ListCarry): EntryChange | null => changeOf(plan);

/** What the user was shown, as one text; contains keys: hash it before it leaves the worker. */
export const carryIdentity = ({ list, entries, leftOut }: ListCarry): string =>
  canonicalJson([
    list,
    entries.map(({ before, after }) => [before, after]),
    leftOut.map(({ missing, failure }) => [missing.entry, failure.code]),
  ]);

/** Where an entry is by now that was in the list when it was read. */
const placeNow = (plan: ListCarry, read: readonly Provider[], into: Provider): number => {
  const place = read.indexOf(into);
  const changed = plan.entries.find(({ before }) => before === into);
  return changed ? changed.index : place;
};

function arrive(plan: ListCarry, here: ProviderList, missing: Missing): Failure | undefined {
  const after = asNew(here, missing);
  const refused = refusalOf(here, after, keyEntries(after));
  if (refused) return refused;
  plan.entries.push({
    kind: 'create',
    index: plan.providers.length,
    before: null,
    after,
    changes: [],
    counted: 0,
    alike: 0,
    texts: [...textsOf(after)],
  });
  plan.providers = [...plan.providers, after];
  return undefined;
}

/** The entry as it is there; with the missing keys only where others of it are here, and under a name that is free. */
function asNew({ list, providers }: ProviderList, { entry, keys }: Missing): Provider {
  if (listTraits(list).keyPerEntry) return entry;
  const whole = keys.length === keyEntries(entry).length;
  const named = whole ? entry : { ...entry, 'api-key-entries': [...keys] };
  const isTaken = providers.some((other) => sameName(nameOf(other), nameOf(entry)));
  if (!isTaken) return named;
  // The file knows entries by name: two without one would get each other's maps.
  const wanted = nameOf(entry) || hostOf(baseUrlOf(entry));
  return { ...named, name: freeName(providers, wanted, baseUrlOf(entry)) };
}

function join(plan: ListCarry, here: ProviderList, missing: Missing, at: number): Failure | undefined {
  const before = here.providers[at]!;
  const known = textsOf(before);
  const keys = missing.keys.filter((key) => !known.has(key['api-key']?.trim() ?? ''));
  // Another entry may have brought some of them a step before.
  const { added: models, uncarried } = missingModels(here.list, missing.models, before);
  const refused = refusalOf(here, undefined, keys);
  if (refused) return refused;
  plan.uncarried.push(...uncarried.map((one) => ({ list: plan.list, entry: missing.entry, ...one })));
  if (keys.length + models.length === 0) return undefined;
  const after: Provider = {
    ...before,
    ...(keys.length > 0 && { 'api-key-entries': [...keyEntries(before), ...keys] }),
    ...(models.length > 0 && { models: [...modelsOf(before), ...models] }),
  };
  const [shared] = [...textsOf(missing.entry)].filter((text) => known.has(text));
  const texts = keys.length > 0 ? [...textsOf({ 'api-key-entries': keys })] : shared ? [shared] : [];
  plan.providers = plan.providers.with(at, after);
  const earlier = plan.entries.find(({ index }) => index === at);
  if (earlier) Object.assign(earlier, { after, texts: [...new Set([...earlier.texts, ...texts])] });
  else
    plan.entries.push({
      kind: 'update',
      index: at,
      before,
      after,
      changes: [],
      counted: 0,
      alike: 0,
      texts,
    });
  return undefined;
}

/** Why this server would not keep what comes; `after`: an entry of its own. */
function refusalOf(
  { list, providers, version }: ProviderList,
  after: Provider | undefined,
  keys: readonly KeyEntry[],
): Failure | undefined {
  if (after && serverWouldMerge(list, [...providers, after], after, version))
    return { code: 'same-entry', list };
  return keys.some(({ weight }) => weight !== undefined && weight !== null)
    ? weightRefusal(version)
    : undefined;
}

const finish = (list: ProviderList, entry: CarriedEntry): CarriedEntry => ({
  ...entry,
  counted: countTouched(entry, list.providers),
  alike: countAlike(entry.after, list.providers),
  changes: entry.before
    ? undoChanges(list.list, entry.before, entry.after)
    : arrivalChanges(list.list, entry.after),
});

/** With whom the names are shared that come with an entry. */
function poolsOf(list: ProviderList, { index, before, after }: CarriedEntry): PoolMember[] {
  if (isPaused(after)) return [];
  const had = new Set(before ? modelsOf(before).map(clientNameOf) : []);
  const fresh = modelsOf(after).map(clientNameOf);
  const names = fresh
    .filter((name) => !had.has(name))
    .flatMap((name) => servedNames(name, after.prefix, list.forcePrefix));
  return findPools(names, priorityOf(after), list.providers, index, list.others, list.forcePrefix);
}
