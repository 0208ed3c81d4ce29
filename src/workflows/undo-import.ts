import { changedFields } from '../core/plan-import';
import type { Running } from '../core/card';
import type { Failure } from '../core/failure';
import { canonicalJson, parseJson } from '../core/json';
import { baseUrlOf, clientNameOf, keyEntries, modelsOf, nameOf, type Provider } from '../core/provider';
import type { Lost, UndoOutcome } from '../core/opened-import';
import { fail, ok, type Result } from '../core/result';
import type { JournalRecord } from '../storage/schema';
import type { ConfigRead } from '../targets/cliproxyapi/management';
import type { EntryChange } from '../core/entry-change';
import { applyAndStay, holdProxy } from './apply-change';
import type { ChangeJob } from './change-job';
import { restAfterWrite } from './quiet';
import {
  fingerprintsOf,
  openRecords,
  redactedText,
  restoreEntry,
  sameEntry,
  secretsOnDevice,
  updateRecord,
} from './journal';
import { openManagement } from './open-management';
import { addNotice, announceFailure, showRunning } from './running';
import type { World } from './world';

/**
 * Puts the touched entry back exactly as it was before the import, if it still is as the import left it; those of a
 * batch (`importId` is then the batch's) with one write. Where somebody changed one of them since, nothing is written and
 * what would be lost is said; `evenIf` repeats what was shown.
 */
export async function undoImport(
  world: World,
  importId: string,
  evenIf: string | undefined,
  signal: AbortSignal,
): Promise<UndoOutcome> {
  const journal = await world.journal.read();
  const records = (journal.ok ? journal.value.records : []).filter(
    ({ id, batch, action }) => id === importId || (batch === importId && action === 'import'),
  );
  const outcome: UndoOutcome = journal.ok
    ? await undoRecorded(world, records, evenIf, signal)
    : { kind: 'failed', failure: journal.failure };
  if (outcome.kind === 'failed') {
    const [first] = records;
    const key = { keyId: first?.keyId ?? '', keyName: first?.keyName ?? '' };
    await announceFailure(world, key, outcome.failure);
  }
  return outcome;
}

async function undoRecorded(
  world: World,
  all: readonly JournalRecord[],
  evenIf: string | undefined,
  signal: AbortSignal,
): Promise<UndoOutcome> {
  const failed = (failure: Failure): UndoOutcome => ({ kind: 'failed', failure });
  const records = all.filter(({ phase, after }) => phase !== 'undone' && after !== null);
  if (records.length === 0) return failed({ code: 'undo-gone' });
  const management = await openManagement(world);
  if (!management.ok) return failed(management.failure);
  if (records.some(({ proxyRoot }) => proxyRoot !== management.value.url.root))
    return failed({ code: 'undo-gone' });
  const undos = records.map((record): Undo => ({ record, undoId: world.ids.next(), removed: '', alike: 0 }));
  let changed: Changed | undefined;
  let wrote = false;
  const keyIds = records.flatMap(({ keyId, keyIds: several }) => several ?? [keyId]);
  const onDevice = await secretsOnDevice(world, keyIds[0]!);
  const show = (running: Running | null): Promise<void> => showRunning(world, keyIds, running);
  await world.pulse.keepAwake(true);
  try {
    const job: ChangeJob = {
      decide: async (config) => {
        const decided = await decideAll(world, undos, config, evenIf, wrote);
        changed = decided.ok && 'lost' in decided.value ? decided.value : undefined;
        if (!decided.ok) return decided;
        return 'lost' in decided.value
          ? fail({ code: 'undo-changed', count: decided.value.lost.models.length })
          : ok(decided.value);
      },
      holds: async (config) => {
        const done = await Promise.all(undos.map((undo) => isUndone(world, undo, config)));
        return done.every(Boolean);
      },
      journal: () =>
        openRecords(
          world,
          undos.map(({ record, undoId, change }) => ({
            record: undoRecord(record, undoId, world.clock.now()),
            before: change!.before,
            after: change!.after,
          })),
          onDevice,
        ),
      mark: (phase) => Promise.all(undos.map(({ undoId }) => updateRecord(world, undoId, { phase }))),
      stage: (stage) => {
        wrote ||= stage === 'writing';
        return show({ importId: undos[0]!.undoId, stage, served: 0, total: 0 });
      },
      signal,
    };
    const held = await holdProxy(world, management.value, signal, () =>
      applyAndStay(world, management.value, job),
    );
    if (!held.ok) return failed(held.failure);
    const applied = held.value;
    if (!applied.ok) {
      // Asked again only while nothing was written; afterwards the truth is that somebody else is at work.
      if (changed && !wrote) return { kind: 'changed', ...changed };
      return failed(applied.failure.failure);
    }
    for (const { record, undoId } of undos) await concludeUndo(world, record, undoId);
    await noteUndone(world, records);
    return { kind: 'undone' };
  } finally {
    await show(null);
    await world.pulse.keepAwake(false);
  }
}

/** One record that is being taken back. */
interface Undo {
  record: JournalRecord;
  undoId: string;
  /** What is decided to be done about it. */
  change?: EntryChange;
  /** The entry that goes, without its secrets, and how many were equal to it. */
  removed: string;
  alike: number;
}

interface Changed {
  providerName: string;
  lost: Lost;
  hash: string;
}

/**
 * One change of the list that takes back all records, each decided on what the one before leaves; or what would be lost
 * by it, unless just that was agreed to. `again`: the second try of a write counts equal entries as the first did.
 */
async function decideAll(
  world: World,
  undos: Undo[],
  config: ConfigRead,
  evenIf: string | undefined,
  again: boolean,
): Promise<Result<EntryChange | Changed>> {
  const fold = async (force: boolean): Promise<Result<{ change: EntryChange; changed: Changed[] }>> => {
    let providers: readonly Provider[] = config.providers;
    const changed: Changed[] = [];
    for (const undo of undos) {
      const now = { ...config, providers: [...providers] };
      const decided = await decideUndo(world, undo.record, now, force);
      if (!decided.ok) return decided;
      if ('lost' in decided.value) {
        changed.push({ providerName: undo.record.providerName, ...decided.value });
        continue;
      }
      undo.change = decided.value;
      providers = decided.value.providers;
      const fingerprints = await fingerprintsOf(world, [decided.value.before]);
      if (!fingerprints.ok) return fingerprints;
      undo.removed = redactedText(decided.value.before!, fingerprints.value);
      if (!again) undo.alike = await countAlike(world, undo.removed, config);
    }
    const last = undos.at(-1)!.change;
    const change = undos.length === 1 ? last! : { ...last!, providers, whole: true };
    return ok({ change, changed });
  };
  const first = await fold(false);
  if (!first.ok) return first;
  const [one] = first.value.changed;
  if (!one) return ok(first.value.change);
  const hashes = first.value.changed.map(({ hash }) => hash);
  const hash = hashes.length === 1 ? one.hash : await world.hash.sha256(hashes.join());
  if (hash === evenIf) {
    const forced = await fold(true);
    return forced.ok ? ok(forced.value.change) : forced;
  }
  return ok({ providerName: one.providerName, lost: allLost(first.value.changed), hash });
}

const allLost = (changed: readonly Changed[]): Lost => ({
  keys: changed.reduce((sum, { lost }) => sum + lost.keys, 0),
  models: changed.flatMap(({ lost }) => lost.models),
  fields: [...new Set(changed.flatMap(({ lost }) => lost.fields))],
});

const journaled = (text: string): Provider => parseJson(text) as Provider;

/** The entry of the list that a record is about: the journaled one itself, else one of its name and URL. */
async function findEntry(
  world: World,
  record: JournalRecord,
  config: ConfigRead,
): Promise<Result<{ index: number; intact: boolean } | undefined>> {
  const after = journaled(record.after!);
  const fingerprints = await fingerprintsOf(world, config.providers);
  if (!fingerprints.ok) return fingerprints;
  const exact = config.providers.findIndex((provider) =>
    sameEntry(redactedText(provider, fingerprints.value), record.after!),
  );
  if (exact >= 0) return ok({ index: exact, intact: true });
  const alike = config.providers.flatMap((provider, index) =>
    nameOf(provider) === nameOf(after) && baseUrlOf(provider) === baseUrlOf(after) ? [index] : [],
  );
  return ok(alike.length === 1 ? { index: alike[0]!, intact: false } : undefined);
}

async function decideUndo(
  world: World,
  record: JournalRecord,
  config: ConfigRead,
  force: boolean,
): Promise<Result<EntryChange | { lost: Lost; hash: string }>> {
  const found = await findEntry(world, record, config);
  if (!found.ok) return found;
  if (!found.value) return fail({ code: 'undo-gone' });
  const { index, intact } = found.value;
  const current = config.providers[index]!;
  if (!intact && !force) {
    const hash = await world.hash.sha256(JSON.stringify(current));
    const fingerprints = await fingerprintsOf(world, [current]);
    if (!fingerprints.ok) return fingerprints;
    const now = journaled(redactedText(current, fingerprints.value));
    return ok({ lost: lostBy(now, journaled(record.after!)), hash });
  }
  if (record.before === null) {
    return ok({
      kind: 'remove',
      before: current,
      after: null,
      providers: config.providers.toSpliced(index, 1),
      fields: [],
    });
  }
  const before = await restoreEntry(world, record.before, config.providers);
  if (!before.ok) return before;
  if (!before.value) return fail({ code: 'undo-secret-gone' });
  const after = before.value;
  return ok({
    kind: 'update',
    before: current,
    after,
    providers: config.providers.with(index, after),
    fields: changedFields(current, after),
  });
}

/**
 * What stands in the entry now and not in what the import left: that is what others added or changed. Both without
 * their secrets, which are told apart by their fingerprints.
 */
function lostBy(current: Provider, left: Provider): Lost {
  const unlike = <T>(now: readonly T[], then: readonly T[]): T[] => {
    const known = new Set(then.map((item) => canonicalJson(item)));
    return now.filter((item) => !known.has(canonicalJson(item)));
  };
  const listed = new Set(['api-key-entries', 'models']);
  return {
    keys: unlike(keyEntries(current), keyEntries(left)).length,
    models: unlike(modelsOf(current), modelsOf(left)).map(clientNameOf),
    fields: changedFields(left, current).filter((field) => !listed.has(field)),
  };
}

/** The entry is as it was before the import, or the removed one is no longer there. */
async function isUndone(
  world: World,
  { record, removed, alike }: Undo,
  config: ConfigRead,
): Promise<boolean> {
  // Of equal entries, one was ours: only that one goes.
  if (record.before === null) return (await countAlike(world, removed, config)) < alike;
  return (await countAlike(world, record.before, config)) > 0;
}

/** How many entries of the list are equal to a journaled one; none where they cannot be compared. */
async function countAlike(world: World, text: string, config: ConfigRead): Promise<number> {
  const fingerprints = await fingerprintsOf(world, config.providers);
  if (!fingerprints.ok) return 0;
  return config.providers.filter((provider) => sameEntry(redactedText(provider, fingerprints.value), text))
    .length;
}

function undoRecord(record: JournalRecord, id: string, at: number): Omit<JournalRecord, 'before' | 'after'> {
  return {
    ...record,
    id,
    at,
    action: 'undo',
    undoes: record.id,
    phase: 'writing',
    changes: [],
    draft: null,
    served: null,
    total: null,
    tookMs: null,
  };
}

/** The import counts as undone, wherever that is found out. */
export async function concludeUndo(world: World, record: JournalRecord, undoId: string): Promise<void> {
  const at = world.clock.now();
  await updateRecord(world, undoId, { phase: 'done' });
  await updateRecord(world, record.id, { phase: 'undone', undoneAt: at });
  await restAfterWrite(world, true);
  await world.kept.change((document) => {
    for (const keyId of record.keyIds ?? [record.keyId]) {
      const card = document.cards[keyId];
      if (card && 'importId' in card && card.importId === record.id) delete document.cards[keyId];
    }
  });
}

/** Says once what was taken back. */
export async function noteUndone(world: World, records: readonly JournalRecord[]): Promise<void> {
  const [first] = records;
  if (!first) return;
  await addNotice(world, {
    keyId: first.keyId,
    keyName: first.keyName,
    outcome: {
      kind: 'undone',
      providerName: [...new Set(records.map(({ providerName }) => providerName))].join(', '),
    },
  });
}
