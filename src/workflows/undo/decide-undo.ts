import { changedFields, type EntryChange } from '../../core/cliproxyapi/entry-change';
import { canonicalJson, parseJson } from '../../core/json';
import type { UndoConflict } from '../../core/import/opened';
import type { Failure } from '../../core/failure';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import {
  baseUrlOf,
  clientNameOf,
  keyEntries,
  modelsOf,
  nameOf,
  sameName,
  type Provider,
} from '../../core/cliproxyapi/provider';
import { serverWouldMerge } from '../../core/cliproxyapi/lists/dedupe';
import { fail, ok, type Result } from '../../core/result';
import type { JournalRecord } from '../../storage/schema';
import type { ProviderList } from '../../core/cliproxyapi/provider-list';
import { losesHeader, sameIdentity } from '../../core/cliproxyapi/intermediate-write';
import { countSame, isAlike, isEmptyField, redactedText, sameEntry } from '../../core/cliproxyapi/same-entry';
import { fingerprintsOf, restoreEntry } from '../journal/journal';
import type { Ports } from '../ports';

/** One record that is being taken back. */
export interface Undo {
  record: JournalRecord;
  undoId: string;
  /** What is decided to be done about it. */
  change?: EntryChange;
  /** The entry that goes, without its secrets, and how many were equal to it. */
  removed: string;
  alike: number;
}

export interface Changed {
  providerName: string;
  lost: UndoConflict;
  hash: string;
}

/**
 * One change of the list that takes back all records, each decided on what the one before leaves; or what would be lost
 * by it, unless just that was agreed to. `again`: the second try of a write counts equal entries as the first did.
 */
export async function decideUndo(
  ports: Ports,
  undos: Undo[],
  config: ProviderList,
  confirmedLoss: string | undefined,
  again: boolean,
): Promise<Result<EntryChange | Changed>> {
  const fold = async (force: boolean): Promise<Result<{ change: EntryChange; changed: Changed[] }>> => {
    let providers: readonly Provider[] = config.providers;
    const changed: Changed[] = [];
    for (const undo of undos) {
      delete undo.change;
      const now = { ...config, providers: [...providers] };
      const decided = await decideOne(ports, undo.record, now, force);
      // Of several, one that somebody removed is taken back already.
      const gone = !decided.ok && decided.failure.code === 'undo-gone' && undos.length > 1;
      if (gone) continue;
      if (!decided.ok) return decided;
      if ('lost' in decided.value) {
        changed.push({ providerName: undo.record.providerName, ...decided.value });
        continue;
      }
      undo.change = decided.value;
      providers = decided.value.providers;
      const fingerprints = await fingerprintsOf(ports, [decided.value.before]);
      if (!fingerprints.ok) return fingerprints;
      if (decided.value.before) undo.removed = redactedText(decided.value.before, fingerprints.value);
      if (!again && undo.removed) undo.alike = await countAlike(ports, undo.removed, config);
    }
    const changes = undos.flatMap(({ change }) => (change ? [change] : []));
    const last = changes.at(-1);
    if (!last && changed.length === 0) return fail({ code: 'undo-gone' });
    const losers = changes.flatMap(({ before, after }) =>
      after && losesHeader(before, after) ? [after] : [],
    );
    const change = changes.length === 1 ? last! : { ...last!, providers, whole: true, losers };
    return ok({ change, changed });
  };
  const first = await fold(false);
  if (!first.ok) return first;
  const [one] = first.value.changed;
  if (!one) return ok(first.value.change);
  const hashes = first.value.changed.map(({ hash }) => hash);
  const hash = hashes.length === 1 ? one.hash : await ports.hash.sha256(hashes.join());
  if (hash === confirmedLoss) {
    const forced = await fold(true);
    return forced.ok ? ok(forced.value.change) : forced;
  }
  return ok({ providerName: one.providerName, lost: allLost(first.value.changed), hash });
}

const allLost = (changed: readonly Changed[]): UndoConflict => ({
  keys: changed.reduce((sum, { lost }) => sum + lost.keys, 0),
  models: changed.flatMap(({ lost }) => lost.models),
  fields: [...new Set(changed.flatMap(({ lost }) => lost.fields))],
});

const journaled = (text: string): Provider => parseJson(text) as Provider;

/** The entry of the list that a record is about: the journaled one itself, else one of its name and URL. */
async function findEntry(
  ports: Ports,
  record: JournalRecord,
  config: ProviderList,
): Promise<Result<{ index: number; intact: boolean } | undefined>> {
  const after = journaled(record.after!);
  const fingerprints = await fingerprintsOf(ports, config.providers);
  if (!fingerprints.ok) return fingerprints;
  const exact = config.providers.findIndex((provider) =>
    sameEntry(redactedText(provider, fingerprints.value), record.after!),
  );
  if (exact >= 0) return ok({ index: exact, intact: true });
  const alike = config.providers.flatMap((provider, index) =>
    isAlike(provider, after, fingerprints.value) ? [index] : [],
  );
  return ok(alike.length === 1 ? { index: alike[0]!, intact: false } : undefined);
}

async function decideOne(
  ports: Ports,
  record: JournalRecord,
  config: ProviderList,
  force: boolean,
): Promise<Result<EntryChange | { lost: UndoConflict; hash: string }>> {
  if (record.after === null) return putBack(ports, record, config);
  const found = await findEntry(ports, record, config);
  if (!found.ok) return found;
  if (!found.value) return fail({ code: 'undo-gone' });
  const { index, intact } = found.value;
  const current = config.providers[index]!;
  if (!intact && !force) {
    const hash = await ports.hash.sha256(JSON.stringify(current));
    const fingerprints = await fingerprintsOf(ports, [current]);
    if (!fingerprints.ok) return fingerprints;
    const now = journaled(redactedText(current, fingerprints.value));
    return ok({ lost: lostBy(now, journaled(record.after)), hash });
  }
  if (record.before === null) {
    return ok({
      kind: 'remove',
      list: config.list,
      before: current,
      after: null,
      providers: config.providers.toSpliced(index, 1),
      fields: [],
    });
  }
  const before = await restoreEntry(ports, record.before, config.providers);
  if (!before.ok) return before;
  if (!before.value) return fail({ code: 'undo-secret-gone' });
  const after = before.value;
  const others = config.providers.filter((_, at) => at !== index);
  const renamed = !sameName(nameOf(current), nameOf(after));
  const blocked = renamed || listTraits(config.list).keyPerEntry ? unfit(config, others, after) : undefined;
  if (blocked) return fail(blocked);
  return ok({
    kind: 'update',
    list: config.list,
    before: current,
    after,
    providers: config.providers.with(index, after),
    fields: changedFields(current, after),
  });
}

/**
 * Why an entry cannot stand in a list beside those of others: its name is taken, and the file would mix up both, or the
 * server would drop one of them.
 */
function unfit(config: ProviderList, others: readonly Provider[], after: Provider): Failure | undefined {
  const name = nameOf(after);
  if (name && others.some((other) => other !== after && sameName(nameOf(other), name)))
    return { code: 'name-in-use', name };
  return serverWouldMerge(config.list, [...others, after], after, config.version)
    ? { code: 'same-entry', list: config.list }
    : undefined;
}

/** Somebody put the provider back by hand, with one of its keys at least. */
const isThereAgain = ({ list, providers }: ProviderList, entry: Provider): boolean =>
  !listTraits(list).keyPerEntry &&
  providers.some(
    (other) =>
      nameOf(other) === nameOf(entry) &&
      baseUrlOf(other) === baseUrlOf(entry) &&
      keyEntries(other).some((key) => keyEntries(entry).some((own) => own['api-key'] === key['api-key'])),
  );

/** An entry that was taken out comes back where it stood, unless somebody has put it there again. */
async function putBack(
  ports: Ports,
  record: JournalRecord,
  config: ProviderList,
): Promise<Result<EntryChange>> {
  const restored = await restoreEntry(ports, record.before!, config.providers);
  if (!restored.ok) return restored;
  if (!restored.value) return fail({ code: 'undo-secret-gone' });
  const after = restored.value;
  const { list } = config;
  if ((await countAlike(ports, record.before!, config)) > 0 || isThereAgain(config, after))
    return fail({ code: 'undo-gone' });
  if (serverWouldMerge(list, [...config.providers, after], after, config.version))
    return fail({ code: 'same-entry', list });
  // Before its namesake it would be taken for that one by the file, and get its maps.
  const last = config.providers.length;
  const place = config.providers.some((other) => sameIdentity(other, after)) ? last : (record.place ?? last);
  const providers = config.providers.toSpliced(place, 0, after);
  return ok({ kind: 'create', list, before: null, after, providers, fields: [] });
}

/**
 * What stands in the entry now and not in what the import left: that is what others added or changed. Both without
 * their secrets, which are told apart by their fingerprints.
 */
function lostBy(current: Provider, left: Provider): UndoConflict {
  const unlike = <T>(now: readonly T[], then: readonly T[]): T[] => {
    const known = new Set(then.map((item) => canonicalJson(item)));
    return now.filter((item) => !known.has(canonicalJson(item)));
  };
  const listed = new Set(['api-key-entries', 'models']);
  return {
    // An entry that is a key itself was found by that key.
    keys: 'api-key' in current ? 0 : unlike(keyEntries(current), keyEntries(left)).length,
    models: unlike(modelsOf(current), modelsOf(left)).map(clientNameOf),
    fields: changedFields(left, current).filter(
      (field) =>
        !listed.has(field) && !(isEmptyField(field, left[field]) && isEmptyField(field, current[field])),
    ),
  };
}

/** The entry is as it was before the import, or the removed one is no longer there. */
export async function isUndone(
  ports: Ports,
  { record, removed, alike, change }: Undo,
  config: ProviderList,
): Promise<boolean> {
  if (!change) return true;
  // Of equal entries, one was ours: only that one goes.
  if (record.before === null) return (await countAlike(ports, removed, config)) < alike;
  return (await countAlike(ports, record.before, config)) > 0;
}

/** How many entries of the list are equal to a journaled one; none where they cannot be compared. */
async function countAlike(ports: Ports, text: string, config: ProviderList): Promise<number> {
  const fingerprints = await fingerprintsOf(ports, config.providers);
  if (!fingerprints.ok) return 0;
  return countSame(config.providers, text, fingerprints.value);
}
