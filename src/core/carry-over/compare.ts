import type { ChosenModel } from '../aliases/alias-models';
import { listRefusal } from '../cliproxyapi/lists/list-allowed';
import { LIST_NAMES, type ListName } from '../cliproxyapi/lists/list-traits';
import { listTraits } from '../cliproxyapi/lists/table';
import {
  baseUrlOf,
  clientNameOf,
  isPaused,
  keyEntries,
  modelsOf,
  upstreamOf,
  type KeyEntry,
  type ModelMapping,
  type Provider,
} from '../cliproxyapi/provider';
import { READ_LISTS, type ProxyConfig } from '../cliproxyapi/proxy-config';
import { relayOf } from '../cliproxyapi/find-provider';
import { sameContent } from '../cliproxyapi/same-entry';
import { groupBy } from '../group-by';
import { joinModels } from '../import/join-models';
import { pairKeys, pairRelays, textsOf } from './pair-entries';

/** What one CLIProxyAPI has of an entry and another has not. */
export interface Missing {
  /** `entry`: the other has no entry of this relay in the list, or none without a key; else what it lacks of one. */
  kind: 'entry' | 'keys' | 'models';
  list: ListName;
  /** The entry that has it, as it was read. */
  entry: Provider;
  /** The entry of the other that it goes into; null: it becomes an entry of its own there. */
  into: Provider | null;
  keys: readonly KeyEntry[];
  models: readonly ModelMapping[];
}

/** Why something is not carried over. */
export type UncarriedReason =
  /** The list was not understood, there or here. */
  | 'unclear-there'
  | 'unclear-here'
  /** KeyFerry writes no such list, or this server has none. */
  | 'unwritten'
  | 'too-new'
  /** A server takes the entry for none: without a base URL, or without a key. */
  | 'no-address'
  | 'no-key'
  /** It names no models, which means all of the list's catalogue; the entry here names some. */
  | 'all-models'
  /** Another model of the entry here has the name. */
  | 'taken'
  /** Names that end in round brackets reach no relay whole. */
  | 'brackets';

export interface Uncarried {
  list: (typeof READ_LISTS)[number];
  /** Null: the whole list. */
  entry: Provider | null;
  reason: UncarriedReason;
  /** Names of models, where it is about some. */
  names?: readonly string[];
}

export interface Comparison {
  missing: Missing[];
  uncarried: Uncarried[];
}

/**
 * What a CLIProxyAPI has in its lists and another one has not, and what of that cannot be carried over. Pure. An entry is
 * the same where relay and key are; how it is called, and any other field of one that both have, makes no difference.
 * Models are compared by the relay's name of them, as an import does.
 */
export function compareProxies(there: ProxyConfig, here: ProxyConfig): Comparison {
  const all = READ_LISTS.map((list) => compareLists(list, there, here));
  return {
    missing: all.flatMap(({ missing }) => missing),
    uncarried: all.flatMap(({ uncarried }) => uncarried),
  };
}

function compareLists(name: Uncarried['list'], there: ProxyConfig, here: ProxyConfig): Comparison {
  const [from, to] = [there.lists[name], here.lists[name]];
  const whole = (reason: UncarriedReason): Comparison => ({
    missing: [],
    uncarried: [{ list: name, entry: null, reason }],
  });
  if (!from) return whole('unclear-there');
  if (from.length === 0) return { missing: [], uncarried: [] };
  const list = LIST_NAMES.find((one) => one === name);
  if (!list) return whole('unwritten');
  if (listRefusal(list, here.version)) return whole('too-new');
  return to ? compareEntries(list, from, to) : whole('unclear-here');
}

/** The same for one list that is understood in both. */
export function compareEntries(
  list: ListName,
  from: readonly Provider[],
  to: readonly Provider[],
): Comparison {
  const { keyPerEntry } = listTraits(list);
  const found: Comparison = { missing: [], uncarried: [] };
  const partners = (keyPerEntry ? pairKeys : pairRelays)(from, to);
  from.forEach((entry, at) => {
    const into = partners[at] ?? null;
    const reason = refusalOf(list, entry);
    if (reason) found.uncarried.push(...(to.some(isTwinOf(entry)) ? [] : [{ list, entry, reason }]));
    else if (!into) found.missing.push(...unpaired(list, entry, { from, to }));
    else compareWith(found, list, entry, { into, to });
  });
  return found;
}

function refusalOf(list: ListName, entry: Provider): UncarriedReason | undefined {
  const { keyPerEntry, official } = listTraits(list);
  if (!official && !baseUrlOf(entry)) return 'no-address';
  return keyPerEntry && textsOf(entry).size === 0 ? 'no-key' : undefined;
}

const isOfRelay =
  (entry: Provider) =>
  (other: Provider): boolean =>
    relayOf(other) === relayOf(entry);

/** An entry that none here stands for. */
function unpaired(
  list: ListName,
  entry: Provider,
  { from, to }: { from: readonly Provider[]; to: readonly Provider[] },
): Missing[] {
  // One of several equal entries says nothing that the others do not.
  if (from.find(isTwinOf(entry)) !== entry || to.some(isTwinOf(entry))) return [];
  const isKnown = textsOf(entry).size > 0 && to.some(isOfRelay(entry));
  const kind = isKnown ? 'keys' : 'entry';
  return [{ kind, list, entry, into: null, keys: keyEntries(entry), models: modelsOf(entry) }];
}

const isTwinOf =
  (entry: Provider) =>
  (other: Provider): boolean =>
    sameContent(other, entry);

/** What is missing here of an entry that `into` stands for: keys, and models that none of a key's entries here has. */
function compareWith(
  found: Comparison,
  list: ListName,
  entry: Provider,
  { into, to }: { into: Provider; to: readonly Provider[] },
): void {
  const { keyPerEntry } = listTraits(list);
  const kin = keyPerEntry ? [into] : to.filter(isOfRelay(entry));
  const held = new Set(kin.flatMap((other) => [...textsOf(other)]));
  const keys = keyPerEntry
    ? []
    : keyEntries(entry).filter((key) => key['api-key']?.trim() && !held.has(key['api-key'].trim()));
  const homes = homesOf(entry, into, kin);
  const uncarried: Uncarried[] = [];
  const say = (those: ReturnType<typeof missingModels>['uncarried']): unknown =>
    uncarried.push(...those.map((one) => ({ list, entry, ...one })));
  if (keys.length > 0) {
    // A key that comes is in `into` alone: what that lacks would not be there for it.
    const own = missingModels(list, modelsOf(entry), into);
    found.missing.push(keysOf(list, entry, into, keys, own.added));
    say(own.uncarried);
  }
  for (const [home, models] of lackingIn(list, entry, homes)) {
    const own = missingModels(list, models, home);
    if (own.added.length > 0)
      found.missing.push({ kind: 'models', list, entry, into: home, keys: [], models: own.added });
    say(own.uncarried);
  }
  if (isCatalogue(list, entry) && homes.some((those) => !those.some((home) => isCatalogue(list, home))))
    uncarried.push({ list, entry, reason: 'all-models' });
  const said = groupBy(uncarried, ({ reason, names = [] }) => [reason, ...names].join('\n'));
  found.uncarried.push(...[...said.values()].flatMap(([first]) => first ?? []));
}

/** The entries here of each key that both have, that which stands for the entry first; of one without keys those without. */
function homesOf(entry: Provider, into: Provider, kin: readonly Provider[]): Provider[][] {
  const first = [...kin].sort((a, b) => Number(b === into) - Number(a === into));
  const keyless = first.filter((other) => textsOf(other).size === 0);
  const all =
    textsOf(entry).size === 0
      ? [keyless]
      : [...textsOf(entry)].map((text) => first.filter((other) => textsOf(other).has(text)));
  return all.filter((those) => those.length > 0);
}

/** The models that are missing for one of the keys at least, by the entry that they go into. */
function lackingIn(
  list: ListName,
  entry: Provider,
  homes: readonly Provider[][],
): Map<Provider, ModelMapping[]> {
  const lacking = new Map<Provider, ModelMapping[]>();
  for (const [first, ...others] of homes) {
    if (!first || [first, ...others].some((home) => isCatalogue(list, home))) continue;
    const known = new Set([first, ...others].flatMap((home) => modelsOf(home).map(upstreamOf)));
    const models = modelsOf(entry).filter((model) => !known.has(upstreamOf(model)));
    lacking.set(first, [...new Set([...(lacking.get(first) ?? []), ...models])]);
  }
  return lacking;
}

/** Whether it names no models, so that all of the list's own are served. */
const isCatalogue = (list: ListName, entry: Provider): boolean =>
  listTraits(list).withoutModels === 'catalogue' && modelsOf(entry).length === 0;

/** Keys of a paused entry stay paused: beside those of one that is on they get an entry of their own. */
function keysOf(
  list: ListName,
  entry: Provider,
  into: Provider,
  keys: readonly KeyEntry[],
  models: readonly ModelMapping[],
): Missing {
  const apart = isPaused(entry) && !isPaused(into);
  return apart
    ? { kind: 'keys', list, entry, into: null, keys, models: modelsOf(entry) }
    : { kind: 'keys', list, entry, into, keys, models };
}

/** Those of some models that an entry lacks, as the import joins them: its own aliases stay as they are. */
export function missingModels(
  list: ListName,
  models: readonly ModelMapping[],
  into: Provider,
): { added: ModelMapping[]; uncarried: Pick<Uncarried, 'reason' | 'names'>[] } {
  if (isCatalogue(list, into)) return { added: [], uncarried: [] };
  const known = new Set(modelsOf(into).map(upstreamOf));
  const lacking = models.filter((model) => upstreamOf(model) && !known.has(upstreamOf(model)));
  const joined = joinModels(modelsOf(into), lacking.map(chosen));
  const idOf = ({ name, alias }: { name: string; alias: string }): string => `${name}\n${alias}`;
  const added = new Set(joined.added.map(idOf));
  const said = (reason: UncarriedReason, those: readonly { name: string }[]) =>
    those.length > 0 ? [{ reason, names: [...new Set(those.map(({ name }) => name))] }] : [];
  return {
    // The mapping as it is there, with all of its fields, and once.
    added: lacking.filter((model) => added.delete(idOf(chosen(model)))),
    uncarried: [...said('taken', joined.leftOut), ...said('brackets', joined.unreachable)],
  };
}

const chosen = (model: ModelMapping): ChosenModel => ({
  name: upstreamOf(model),
  alias: clientNameOf(model),
  typed: false,
});
