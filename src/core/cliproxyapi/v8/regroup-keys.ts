import { hostOf } from '../../base-url';
import { groupBy } from '../../group-by';
import { canonicalJson } from '../../json';
import { changedFields } from '../entry-change';
import { baseUrlOf, type Provider } from '../provider';
import { isEmptyField } from '../same-entry';
import { changeKey, parted, setInGroup } from './change-key';
import { familyOf } from './family';
import { inV8Names, type JsonObject } from './flatten';
import type { Group } from './groups';
import { groupOfEntry, keyInGroup } from './new-group';
import type { Fates, Regrouping } from './regrouping';

/** A group that is being changed; `source` is as it came. */
interface Draft {
  source?: Group;
  group: Group;
  /** In their old places; null: it goes. */
  keys: (JsonObject | null)[];
}

/** The groups of a family whose entries are keys. */
export function regroupKeys(given: Regrouping, fates: Fates): Group[] {
  const sources = given.groups.map((group): Draft => ({
    source: group,
    group,
    keys: [...(group.keys ?? [])],
  }));
  for (const old of given.before.filter(fates.isGone)) {
    const { group, key } = fates.placeOf(old);
    sources[group]!.keys[key!] = null;
  }
  const members = membersOf(given, fates);
  for (const [at, draft] of sources.entries()) setForAll(draft, members.get(at) ?? []);
  const drafts = [...sources];
  const draftOf = new Map<Provider, Draft>();
  for (const { old, entry } of [...members.values()].flat()) {
    const { group, key } = fates.placeOf(old);
    const draft = sources[group]!;
    const stays = old === entry || changeIn(draft, key!, old, entry);
    draftOf.set(entry, stays ? draft : moveOut(given, drafts, draft, key!, old, entry));
  }
  // Last: only now it is known what a group gives to a key that joins it.
  let last: Draft | undefined;
  for (const entry of given.after) last = draftOf.get(entry) ?? addNew(given, drafts, last, entry);
  return drafts.flatMap(finished);
}

interface Member {
  old: Provider;
  entry: Provider;
}

/** What stays of each group, by its place. */
function membersOf({ after }: Regrouping, { placeOf, oldOf }: Fates): ReadonlyMap<number, Member[]> {
  const members = after.flatMap((entry) => {
    const old = oldOf(entry);
    return old ? [{ old, entry }] : [];
  });
  return groupBy(members, ({ old }) => placeOf(old).group);
}

/** What changes alike in all keys of a group, and is the group's, changes there. */
function setForAll(draft: Draft, members: readonly Member[]): void {
  const { keys } = draft;
  const [first] = members;
  if (!first || keys.length < 2 || members.length !== keys.length) return;
  for (const field of changedFields(first.old, first.entry)) {
    const value = canonicalJson(first.entry[field] ?? null);
    const alike = members.every(({ entry }) => canonicalJson(entry[field] ?? null) === value);
    const isOwn = keys.some((key) => (key?.[field] ?? null) !== null);
    if (!alike || isOwn) continue;
    const wanted = inV8Names(field, first.entry[field]);
    draft.group = setInGroup(draft.group, field, isEmptyField(field, wanted) ? null : wanted) ?? draft.group;
  }
}

/** Puts the changes of an entry into its key, or its group where that is the key's alone; false: neither can have them. */
function changeIn(draft: Draft, at: number, old: Provider, entry: Provider): boolean {
  const { group, keys, source } = draft;
  const changed = changeKey({ group, key: keys[at]!, single: source?.keys?.length === 1 }, old, entry);
  if (!changed) return false;
  draft.group = changed.group;
  draft.keys[at] = changed.key;
  return true;
}

/** The key leaves its group for one of its own, with all that it had from it. */
function moveOut(
  { nameFor }: Regrouping,
  drafts: Draft[],
  draft: Draft,
  at: number,
  old: Provider,
  entry: Provider,
): Draft {
  const alone = parted(draft.group, draft.keys[at]!, nameFor(draft.group['name']));
  draft.keys[at] = null;
  const { group, key } = changeKey({ ...alone, single: true }, old, entry)!;
  return insert(drafts, draft, { group, keys: [key] });
}

function addNew(
  { list, nameFor, change }: Regrouping,
  drafts: Draft[],
  last: Draft | undefined,
  entry: Provider,
): Draft {
  const name = change.groupNames?.get(entry);
  for (const draft of drafts) {
    if (name !== undefined && draft.group['name'] !== name) continue;
    // A group whose keys have no value is not made one with a key.
    const hasKeys = !draft.source || Array.isArray(draft.source.keys);
    const key = hasKeys ? keyInGroup(draft.group, entry) : undefined;
    if (!key) continue;
    draft.keys.push(key);
    return draft;
  }
  const wish = name ?? change.nameWishes?.get(entry) ?? (hostOf(baseUrlOf(entry)) || familyOf(list));
  const { keys, ...group } = groupOfEntry(list, entry, nameFor(wish));
  return insert(drafts, last, { group, keys: keys ?? [] });
}

/** Behind another one, or first. */
function insert(drafts: Draft[], last: Draft | undefined, draft: Draft): Draft {
  drafts.splice(last ? drafts.indexOf(last) + 1 : 0, 0, draft);
  return draft;
}

/** A group whose keys all go goes with them. */
function finished({ source, group, keys }: Draft): Group[] {
  const kept = keys.filter((key) => key !== null);
  const before = source?.keys ?? [];
  const isSame = kept.length === before.length && kept.every((key, i) => key === before[i]);
  if (source && group === source && isSame) return [source];
  return kept.length > 0 ? [{ ...group, keys: kept }] : [];
}
