import { changedFields } from '../core/plan-import';
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
 * Puts the touched entry back exactly as it was before the import, if it still is as the import left it. Otherwise
 * nothing is written and what would be lost is said; `evenIf` repeats what was shown.
 */
export async function undoImport(
  world: World,
  importId: string,
  evenIf: string | undefined,
  signal: AbortSignal,
): Promise<UndoOutcome> {
  const journal = await world.journal.read();
  const record = journal.ok
    ? journal.value.records.find((candidate) => candidate.id === importId)
    : undefined;
  const outcome: UndoOutcome = journal.ok
    ? await undoRecorded(world, record, evenIf, signal)
    : { kind: 'failed', failure: journal.failure };
  if (outcome.kind === 'failed') {
    const key = { keyId: record?.keyId ?? '', keyName: record?.keyName ?? '' };
    await announceFailure(world, key, outcome.failure);
  }
  return outcome;
}

async function undoRecorded(
  world: World,
  record: JournalRecord | undefined,
  evenIf: string | undefined,
  signal: AbortSignal,
): Promise<UndoOutcome> {
  const failed = (failure: Failure): UndoOutcome => ({ kind: 'failed', failure });
  if (!record || record.phase === 'undone' || record.after === null) return failed({ code: 'undo-gone' });
  const management = await openManagement(world);
  if (!management.ok) return failed(management.failure);
  if (management.value.url.root !== record.proxyRoot) return failed({ code: 'undo-gone' });
  let changed: { lost: Lost; hash: string } | undefined;
  let removed = '';
  let alike = 0;
  let wrote = false;
  const undoId = world.ids.next();
  const onDevice = await secretsOnDevice(world, record.keyId);
  await world.pulse.keepAwake(true);
  try {
    const job: ChangeJob = {
      id: undoId,
      decide: async (config) => {
        const decided = await decideUndo(world, record, config, evenIf);
        changed = decided.ok && 'lost' in decided.value ? decided.value : undefined;
        if (!decided.ok) return decided;
        if ('lost' in decided.value)
          return fail({ code: 'undo-changed', count: decided.value.lost.models.length });
        const fingerprints = await fingerprintsOf(world, [decided.value.before]);
        if (!fingerprints.ok) return fingerprints;
        removed = redactedText(decided.value.before!, fingerprints.value);
        if (!wrote) alike = await countAlike(world, removed, config);
        return ok(decided.value);
      },
      holds: (config) => isUndone(world, record, { removed, alike }, config),
      record: () => undoRecord(record, undoId, world.clock.now()),
      secretsOnDevice: onDevice,
      stage: (stage) => {
        wrote ||= stage === 'writing';
        return showRunning(world, record.keyId, { importId: undoId, stage, served: 0, total: 0 });
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
      if (changed && !wrote) return { kind: 'changed', providerName: record.providerName, ...changed };
      return failed(applied.failure.failure);
    }
    await concludeUndo(world, record, undoId);
    return { kind: 'undone' };
  } finally {
    await showRunning(world, record.keyId, null);
    await world.pulse.keepAwake(false);
  }
}

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
  evenIf: string | undefined,
): Promise<Result<EntryChange | { lost: Lost; hash: string }>> {
  const found = await findEntry(world, record, config);
  if (!found.ok) return found;
  if (!found.value) return fail({ code: 'undo-gone' });
  const { index, intact } = found.value;
  const current = config.providers[index]!;
  if (!intact) {
    const hash = await world.hash.sha256(JSON.stringify(current));
    if (hash !== evenIf) {
      const fingerprints = await fingerprintsOf(world, [current]);
      if (!fingerprints.ok) return fingerprints;
      const now = journaled(redactedText(current, fingerprints.value));
      return ok({ lost: lostBy(now, journaled(record.after!)), hash });
    }
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
  record: JournalRecord,
  { removed, alike }: { removed: string; alike: number },
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
    const card = document.cards[record.keyId];
    if (card && 'importId' in card && card.importId === record.id) delete document.cards[record.keyId];
  });
  await addNotice(world, {
    keyId: record.keyId,
    keyName: record.keyName,
    outcome: { kind: 'undone', providerName: record.providerName },
  });
}
