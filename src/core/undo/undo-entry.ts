import { insertion, removal, replacement, type EntryChange } from '../cliproxyapi/entry-change';
import { sameIdentity } from '../cliproxyapi/intermediate-write';
import { serverWouldMerge } from '../cliproxyapi/lists/dedupe';
import { listTraits } from '../cliproxyapi/lists/table';
import { baseUrlOf, keyEntries, nameOf, sameName, type Provider } from '../cliproxyapi/provider';
import type { ProviderList } from '../cliproxyapi/provider-list';
import { redact, restore, type RedactedProvider } from '../cliproxyapi/redact';
import type { Failure } from '../failures/failure';
import type { UndoConflict } from '../import/opened';
import { parseJson } from '../json';
import { fail, ok, type Result } from '../failures/result';
import { isAlike, placesOfSame } from './find-same';
import { conflictOf, ownKeysSet } from './undo-conflict';
import { withoutOurs } from './without-ours';
import type { KnownSecrets, WrittenEntry } from './written-entry';

/** Somebody changed the entry since: undoing takes away `conflict` of `current`. */
export interface ChangedSince {
  conflict: UndoConflict;
  /** Keys of ours at which others set something. */
  ownKeys: number;
  current: Provider;
}

/** Whether an entry that somebody changed since is asked about, taken back all the same, or loses only our part. */
export type Force = boolean | 'ours';

/**
 * The change of a list that takes one write back, or what somebody changed since. `force` takes it back all the same.
 * Fails with `undo-gone` where there is nothing to take back, `undo-secret-gone` where a secret of the former entry is
 * known no more, with `name-in-use` or `same-entry` where the list has no room for the former entry, and with
 * `last-key` where the entry would have no key without ours.
 */
export function undoEntry(
  written: WrittenEntry,
  list: ProviderList,
  known: KnownSecrets,
  force: Force,
  asRead: readonly Provider[] = list.providers,
): Result<EntryChange | ChangedSince> {
  const { before, after } = written;
  if (after === null)
    return before === null ? fail({ code: 'undo-gone' }) : putBack(before, written, list, known, asRead);
  const found = findEntry(after, list, known);
  if (!found) return fail({ code: 'undo-gone' });
  const { current, index, intact } = found;
  if (!intact && !force) {
    const now = redact(current, known.fingerprints);
    const [was, left] = [before === null ? null : parseEntry(before), parseEntry(after)];
    return ok({ conflict: conflictOf(now, left), ownKeys: ownKeysSet(now, left, was), current });
  }
  if (!intact && force === 'ours')
    return takeOurs(
      { before: before === null ? null : parseEntry(before), left: parseEntry(after) },
      list,
      known,
      found,
    );
  return before === null ? ok(removal(list, index)) : replaceBy(parseEntry(before), list, known, found);
}

/** Takes our part out of an entry that others changed. */
function takeOurs(
  versions: { before: RedactedProvider | null; left: RedactedProvider },
  list: ProviderList,
  known: KnownSecrets,
  found: Found,
): Result<EntryChange> {
  const now = redact(found.current, known.fingerprints);
  const merged = withoutOurs({ ...versions, now });
  if (merged === 'nothing') return fail({ code: 'undo-gone' });
  if (merged === 'no-key') return fail({ code: 'last-key' });
  return replaceBy(merged.entry, list, known, found);
}

const parseEntry = (text: string): RedactedProvider => parseJson(text) as RedactedProvider;

interface Found {
  current: Provider;
  index: number;
  /** It is exactly as the write left it. */
  intact: boolean;
}

/**
 * The entry that was written: the journaled one itself, else the only one of its name and URL, else, since it may have been
 * renamed, the only one of its URL with one of its keys.
 */
function findEntry(after: string, { providers }: ProviderList, known: KnownSecrets): Found | undefined {
  const { fingerprints } = known;
  const written = parseEntry(after);
  const those = (matches: (one: Provider) => boolean): Found[] =>
    providers.flatMap((one, index) => (matches(one) ? [{ current: one, index, intact: false }] : []));
  const [same] = placesOfSame(providers, after, fingerprints);
  const current = same === undefined ? undefined : providers[same];
  if (same !== undefined && current) return { current, index: same, intact: true };
  const alike = those((one) => isAlike(one, written, fingerprints));
  const found = alike.length > 0 ? alike : those((one) => isOfSameKey(redact(one, fingerprints), written));
  return found.length === 1 ? found[0] : undefined;
}

function replaceBy(
  entry: RedactedProvider,
  list: ProviderList,
  known: KnownSecrets,
  { current, index }: Found,
): Result<EntryChange> {
  const after = restore(entry, known.texts);
  if (!after) return fail({ code: 'undo-secret-gone' });
  const renamed = !sameName(nameOf(current), nameOf(after));
  const others = list.providers.toSpliced(index, 1);
  const blocked = renamed || listTraits(list.list).keyPerEntry ? noRoomFor(after, others, list) : undefined;
  if (blocked) return fail(blocked);
  return ok(replacement(list, index, after));
}

/**
 * Why an entry cannot be in a list beside others: its name is taken, and the file would mix up both, or the server would
 * drop one of them.
 */
function noRoomFor(
  after: Provider,
  others: readonly Provider[],
  { list, version }: ProviderList,
): Failure | undefined {
  const name = nameOf(after);
  if (name && others.some((other) => sameName(nameOf(other), name))) return { code: 'name-in-use', name };
  return serverWouldMerge(list, [...others, after], after, version)
    ? { code: 'same-entry', list }
    : undefined;
}

/**
 * An entry that was taken out comes back to its place, unless somebody put it there again by hand, with one of its keys. Its
 * twins do not count: entries that were equal to it when it went.
 */
function putBack(
  text: string,
  { place, alike, group }: WrittenEntry,
  { list, providers, version }: ProviderList,
  known: KnownSecrets,
  asRead: readonly Provider[],
): Result<EntryChange> {
  const after = restore(parseEntry(text), known.texts);
  if (!after) return fail({ code: 'undo-secret-gone' });
  const equal = placesOfSame(asRead, text, known.fingerprints);
  const isOther = (other: Provider, at: number): boolean =>
    !equal.includes(at) && nameOf(other) === nameOf(after) && isOfSameKey(other, after);
  if (equal.length >= alike || (!listTraits(list).keyPerEntry && asRead.some(isOther)))
    return fail({ code: 'undo-gone' });
  if (serverWouldMerge(list, [...providers, after], after, version))
    return fail({ code: 'same-entry', list });
  // The file would take it for a namesake that follows it, and give it that one's maps.
  const last = providers.length;
  const index = providers.some((other) => sameIdentity(other, after)) ? last : (place ?? last);
  return ok({
    ...insertion({ list, providers }, index, after),
    ...(group !== undefined && { groupNames: new Map([[after, group]]) }),
  });
}

/** Two entries of one URL, with at least one key in both. */
const isOfSameKey = (other: Provider, entry: Provider): boolean =>
  baseUrlOf(other) === baseUrlOf(entry) &&
  keyEntries(other).some((key) => keyEntries(entry).some((own) => own['api-key'] === key['api-key']));
