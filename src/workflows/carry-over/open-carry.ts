import { pooledOf } from '../../core/batch/pooled-names';
import { shownUrl } from '../../core/base-url';
import { compareProxies, type Missing, type Uncarried } from '../../core/carry-over/compare';
import { carryIdentity, planCarries, type CarriedEntry, type ListCarry } from '../../core/carry-over/plan';
import type {
  CarryItem,
  CarryOpened,
  CarryPlan,
  CarryPlanned,
  UncarriedView,
} from '../../core/carry-over/view';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import {
  baseUrlOf,
  isPaused,
  keyEntries,
  labelOf,
  type KeyEntry,
  type Provider,
} from '../../core/cliproxyapi/provider';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { fileNotices } from '../../core/cliproxyapi/v8/file-notices';
import type { EditedView } from '../../core/entries/view';
import { canonicalJson } from '../../core/json';
import { maskKey } from '../../core/mask';
import { sum } from '../../core/sum';
import { planHash } from '../cliproxyapi/plan-hash';
import type { Ports } from '../ports';
import { readBoth, type Both } from './read-both';

/** What is missing, by the ids under which pages know it. Holds key texts. */
type Named = Map<string, Missing[]>;

/** What the other CLIProxyAPI (`from`: its id) has that this one has not. Reads both once, and keeps nothing. */
export async function openCarry(ports: Ports, from: string, signal: AbortSignal): Promise<CarryOpened> {
  const both = await readBoth(ports, from, signal);
  if (!both.ok) return both.failure;
  const { uncarried } = compareProxies(both.value.there, both.value.here);
  const items = [...(await nameMissing(ports, both.value))].flatMap(([id, those]) => itemOf(id, those));
  return { kind: 'open', items, uncarried: uncarried.map(uncarriedView) };
}

/** The plan for what was chosen, on both as they are now. */
export async function planCarryOver(
  ports: Ports,
  { from, chosen }: { from: string; chosen: readonly string[] },
): Promise<CarryPlanned> {
  const both = await readBoth(ports, from);
  return both.ok ? { kind: 'plan', plan: await viewCarry(ports, both.value, chosen) } : both.failure;
}

/**
 * Names what is missing by the entry there, exactly as it is, so that nothing is carried that was not shown; what of it is
 * missing here is found anew each time.
 */
async function nameMissing(ports: Ports, { there, here }: Both): Promise<Named> {
  const named: Named = new Map();
  for (const one of compareProxies(there, here).missing) {
    const text = canonicalJson([there.root, one.kind, one.entry]);
    const id = `${one.list} ${await ports.hash.sha256(text)}`;
    // Models of one entry may be missing in several.
    named.set(id, [...(named.get(id) ?? []), one]);
  }
  return named;
}

/** Those of the chosen that are missing still, in the order in which they are there. */
const chosenIn = (named: Named, chosen: readonly string[]): Missing[] => {
  const wanted = new Set(chosen);
  return [...named].flatMap(([id, those]) => (wanted.has(id) ? those : []));
};

/** What the chosen come to, on configurations as they are now. */
export const plansFor = async (ports: Ports, both: Both, chosen: readonly string[]): Promise<ListCarry[]> =>
  planCarries(both.here, chosenIn(await nameMissing(ports, both), chosen));

/** The lists that something was chosen of, in the order in which they are written. */
export const listsOf = (chosen: readonly string[]): ListName[] =>
  LIST_NAMES.filter((name) => chosen.some((id) => id.startsWith(`${name} `)));

function itemOf(id: string, those: readonly Missing[]): CarryItem[] {
  const [first] = those;
  if (!first) return [];
  const { kind, list, entry, into, keys } = first;
  return [
    {
      id,
      kind,
      list,
      label: nameFor(entry),
      baseUrl: shownUrl(baseUrlOf(entry)),
      masks: masksOf(kind === 'models' ? keyEntries(entry) : keys),
      models: new Set(those.flatMap(({ models }) => models)).size,
      paused: isPaused(entry),
      into: into && { label: nameFor(into), paused: isPaused(into) },
    },
  ];
}

const masksOf = (keys: readonly KeyEntry[]): string[] =>
  keys.flatMap((key) => (key['api-key']?.trim() ? maskKey(key['api-key'].trim()) : []));

const uncarriedView = ({ list, entry, reason, names = [] }: Uncarried): UncarriedView => ({
  list,
  label: entry ? nameFor(entry) : '',
  reason,
  names,
});

/** What sentences call an entry. */
const nameFor = (entry: Provider): string =>
  labelOf(entry) || maskKey(keyEntries(entry)[0]?.['api-key'] ?? '');

/** The plans for all lists, without any key text. */
export async function viewCarry(ports: Ports, both: Both, chosen: readonly string[]): Promise<CarryPlan> {
  const { here } = both;
  const named = await nameMissing(ports, both);
  const plans = planCarries(here, chosenIn(named, chosen));
  const hashOf = async (name: ListName): Promise<string> => {
    const plan = plans.find(({ list }) => list === name);
    return plan ? planHash(ports, here, carryIdentity(plan)) : '';
  };
  const hashes = await Promise.all(listsOf(chosen).map(hashOf));
  const all = plans.flatMap(({ entries }) => entries);
  return {
    entries: plans.flatMap((plan) => plan.entries.map((entry) => carriedView(plan, entry))),
    leftOut: plans.flatMap(({ leftOut }) =>
      leftOut.map(({ missing, failure }, at) => ({
        id: `${missing.list} ${at}`,
        name: nameFor(missing.entry),
        mask: '',
        failure,
      })),
    ),
    unchanged: 0,
    gone: chosen.filter((id) => !named.has(id)).length,
    rest: sum(plans.map((plan) => restOf(here, plan))),
    file: fileNotices(
      here,
      plans.flatMap(({ list, entries }) => (entries.length > 0 ? [list] : [])),
    ),
    hash: hashes.join('.'),
    pooled: pooledOf([{ kind: 'pool', members: plans.flatMap(({ pools }) => pools) }]),
    paused: all.filter(({ before, after }) => !before && isPaused(after)).map(({ after }) => nameFor(after)),
    uncarried: plans.flatMap(({ uncarried }) => uncarried.map(uncarriedView)),
  };
}

function restOf(config: ProxyConfig, { list, entries }: ListCarry): number {
  const here = selectList(config, list);
  const changed = entries.filter(({ before }) => before !== null).length;
  return entries.length > 0 && here.ok ? here.value.providers.length - changed : 0;
}

const carriedView = ({ list }: ListCarry, { index, before, after, changes }: CarriedEntry): EditedView => ({
  list,
  index,
  label: nameFor(after),
  baseUrl: shownUrl(baseUrlOf(after)),
  goes: null,
  comes: before === null,
  changes: before ? changes.filter(({ kind }) => kind !== 'provider' && kind !== 'in-it') : changes,
  others: 0,
});
