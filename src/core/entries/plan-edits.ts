import { changeOf } from '../batch/plan-batch';
import type { EntryChange } from '../cliproxyapi/entry-change';
import { intermediateOfMany } from '../cliproxyapi/intermediate-write';
import { listRefusal } from '../cliproxyapi/lists/list-allowed';
import { LIST_NAMES, type ListName } from '../cliproxyapi/lists/list-traits';
import { listTraits } from '../cliproxyapi/lists/table';
import { keyEntries, type Provider } from '../cliproxyapi/provider';
import { entryAt, selectList, type ProviderList } from '../cliproxyapi/provider-list';
import type { ProxyConfig } from '../cliproxyapi/proxy-config';
import type { Failure } from '../failures/failure';
import { groupBy } from '../group-by';
import { fail } from '../failures/result';
import type { Change } from '../import/change';
import { canonicalJson } from '../json';
import { countTouched } from './applied';
import { planEdit, type EditPlan } from './edit';
import type { EntriesEdit, EntryEdit } from './entry-edit';

/** An entry that many keys or entries were chosen for, by its place in its list. */
export interface ChosenEntry {
  index: number;
  /** The places of its chosen keys, ascending; none where the entry itself was chosen, which means all of them. */
  keys: readonly number[];
}

/** What becomes of one entry. */
export interface EditedEntry {
  kind: EntryChange['kind'];
  /** Its place before the write. */
  index: number;
  before: Provider;
  after: Provider | null;
  changes: Change[];
  /** How many entries of the list are already as this one becomes or, where it goes, as it is. */
  counted: number;
}

/** Not changed, and why; `keyIndex` null: the whole entry. */
interface LeftOut {
  index: number;
  keyIndex: number | null;
  failure: Failure;
}

/** What becomes of one list. */
export interface ListEdits {
  list: ListName;
  /** In the order of the list. */
  entries: EditedEntry[];
  leftOut: LeftOut[];
  /** The chosen entries that are already as they should be. */
  unchanged: number[];
  /** The whole list after the one write; every entry that is not touched is the very object that was read. */
  providers: readonly Provider[];
}

interface Step {
  keyIndex: number;
  edit: EntryEdit;
}

/**
 * Plans the same change of many entries as one change of their list: each is planned, by the planner of a single entry,
 * on what the ones before it leave, so that whatever holds for one holds for all of them. From the end of the list to its
 * start, since what goes moves only what stands behind it.
 */
export function planEdits(list: ProviderList, chosen: readonly ChosenEntry[], order: EntriesEdit): ListEdits {
  const plan: ListEdits = { ...only(list), entries: [], leftOut: [], unchanged: [] };
  for (const entry of chosen.toSorted((a, b) => b.index - a.index)) {
    const { index } = entry;
    const done: EditPlan[] = [];
    for (const { keyIndex, edit } of stepsOf(list, entry, order)) {
      const step = planEdit({ ...list, providers: plan.providers, index, keyIndex }, edit);
      if (!step.ok)
        plan.leftOut.push({ index, keyIndex: ofKey(entry, edit, keyIndex), failure: step.failure });
      else if (step.value) {
        done.push(step.value);
        plan.providers = step.value.change.providers;
      }
    }
    const last = done.at(-1);
    if (last) plan.entries.unshift(editedEntry(list, index, last.change, done));
    else if (!plan.leftOut.some((one) => one.index === index)) plan.unchanged.push(index);
  }
  return plan;
}

const only = ({ list, providers }: ProviderList): Pick<ListEdits, 'list' | 'providers'> => ({
  list,
  providers,
});

/** What belongs to the entry as a whole fails once, for all of its chosen keys. */
const ofKey = ({ keys }: ChosenEntry, edit: EntryEdit, keyIndex: number): number | null =>
  keys.length > 0 && (edit.proxyUrl !== undefined || edit.remove === 'key') ? keyIndex : null;

/** A change of keys is one step for each; all else is one for the entry. */
function stepsOf(
  { list, providers }: ProviderList,
  { index, keys: chosen }: ChosenEntry,
  { edit, emptied }: EntriesEdit,
): Step[] {
  const all = keyEntries(entryAt({ providers, index })).map((_, at) => at);
  const keys = chosen.length > 0 ? chosen : all;
  if (edit.remove !== undefined) {
    const whole =
      chosen.length === 0 || listTraits(list).keyPerEntry || (emptied && keys.length === all.length);
    if (whole) return [{ keyIndex: 0, edit: { remove: 'entry' } }];
    return keys.toReversed().map((keyIndex) => ({ keyIndex, edit }));
  }
  return edit.proxyUrl === undefined
    ? [{ keyIndex: keys[0] ?? 0, edit }]
    : keys.map((keyIndex) => ({ keyIndex, edit }));
}

function editedEntry(
  { providers }: ProviderList,
  index: number,
  { kind, after }: EntryChange,
  done: readonly EditPlan[],
): EditedEntry {
  const before = entryAt({ providers, index });
  const counted = countTouched({ before, after }, providers);
  return { kind, index, before, after, changes: joinLines(done.map(({ changes }) => changes)), counted };
}

/** The lines of several changes of one entry as those of one; what stays of its list is said for all entries together. */
function joinLines(steps: readonly Change[][]): Change[] {
  const lines = groupBy(
    steps.flat().filter(({ kind }) => kind !== 'rest'),
    ({ kind }) => kind,
  );
  return [...lines.values()].flatMap((same) => {
    const last = same.at(-1);
    return last ? [joinedLine(last, same)] : [];
  });
}

function joinedLine(last: Change, same: readonly Change[]): Change {
  if (last.kind === 'keys') {
    const masks = same.flatMap((line) => (line.kind === 'keys' ? line.masks.toReversed() : []));
    return { ...last, masks: masks.reverse() };
  }
  return last.kind === 'proxy' ? { ...last, from: formerOf(same) } : last;
}

const formerOf = (lines: readonly Change[]): string =>
  [...new Set(lines.flatMap((line) => ('from' in line && line.from ? [line.from] : [])))].join(', ');

/** One plan for each list that something was chosen in, in the order in which the lists are written. */
export const planAllEdits = (
  config: ProxyConfig,
  chosen: ReadonlyMap<ListName, readonly ChosenEntry[]>,
  order: EntriesEdit,
): ListEdits[] =>
  LIST_NAMES.flatMap((name) => {
    const own = chosen.get(name) ?? [];
    if (own.length === 0) return [];
    const refused = listRefusal(name, config.version);
    const here = refused ? fail(refused) : selectList(config, name);
    return [here.ok ? planEdits(here.value, own, order) : refusedEdits(config, name, own, here.failure)];
  });

const refusedEdits = (
  { lists }: ProxyConfig,
  list: ListName,
  chosen: readonly ChosenEntry[],
  failure: Failure,
): ListEdits => ({
  list,
  entries: [],
  leftOut: chosen.map(({ index }) => ({ index, keyIndex: null, failure })),
  unchanged: [],
  providers: lists[list] ?? [],
});

/** The one change of the list as it was read; null: there is nothing to do. */
export function editsChange(plan: ListEdits, list: ProviderList): EntryChange | null {
  const change = changeOf(plan);
  const { entries: changes, providers } = plan;
  const first = change?.whole ? intermediateOfMany({ changes, providers }, list) : undefined;
  return change && { ...change, ...(first && { first }) };
}

/** What the user was shown, as one text; contains keys: hash it before it leaves the worker. */
export const editsIdentity = ({ entries, leftOut, unchanged }: ListEdits): string =>
  canonicalJson([
    entries.map(({ before, after }) => [before, after]),
    leftOut.map(({ index, keyIndex, failure }) => [index, keyIndex, failure.code]),
    unchanged,
  ]);
