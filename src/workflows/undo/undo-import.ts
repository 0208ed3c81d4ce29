import type { Running } from '../../core/cliproxyapi/card';
import type { Failure } from '../../core/failure';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { groupBy } from '../../core/group-by';
import { parseJson } from '../../core/json';
import type { UndoOutcome } from '../../core/import/opened';
import type { Provider } from '../../core/cliproxyapi/provider';
import { fail, ok } from '../../core/result';
import type { JournalRecord } from '../../storage/schema';
import { applyAndStay } from '../cliproxyapi/apply-change';
import { withProxyLock } from '../cliproxyapi/change-proxy';
import type { ChangeJob } from '../change-job';
import { decideUndo, isUndone, type Changed, type Undo } from './decide-undo';
import { openRecords, secretsOnDevice, updateRecord, type NewRecord } from '../journal/journal';
import { selectList } from '../../core/cliproxyapi/provider-list';
import { openManagement } from '../cliproxyapi/open-management';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import { addNotice, announceFailure, showRunning } from '../running';
import { updateCards, type ChangedEntry } from '../../core/cliproxyapi/update-cards';
import type { Ports } from '../ports';

/**
 * Puts the touched entry back exactly as it was before the import, if it still is as the import left it; those of a
 * batch (`importId` is then the batch's) with one write. Where somebody changed one of them since, nothing is written and
 * what would be lost is said; `confirmedLoss` repeats what was shown.
 */
export async function undoImport(
  ports: Ports,
  importId: string,
  confirmedLoss: string | undefined,
  signal: AbortSignal,
): Promise<UndoOutcome> {
  const journal = await ports.journal.read();
  const records = (journal.ok ? journal.value.records : []).filter(
    ({ id, batch, action }) => action !== 'undo' && (id === importId || batch === importId),
  );
  const outcome: UndoOutcome = journal.ok
    ? await undoLists(ports, records, confirmedLoss, signal)
    : { kind: 'failed', failure: journal.failure };
  if (outcome.kind === 'failed') {
    const [first] = records;
    const key = { keyId: first?.keyId ?? '', keyName: first?.keyName ?? '' };
    await announceFailure(ports, key, outcome.failure);
  }
  return outcome;
}

const failed = (failure: Failure): UndoOutcome => ({ kind: 'failed', failure });

/** One list after the other, in the other order than they were written; what is undone stays so if a later one is not. */
async function undoLists(
  ports: Ports,
  all: readonly JournalRecord[],
  confirmedLoss: string | undefined,
  signal: AbortSignal,
): Promise<UndoOutcome> {
  const records = all.filter(({ phase }) => phase !== 'undone' && phase !== 'not-written');
  if (records.length === 0) return failed({ code: 'undo-gone' });
  const lists = groupBy(records, ({ list }) => list ?? 'openai-compatibility');
  const undone: JournalRecord[] = [];
  let outcome: UndoOutcome = { kind: 'undone' };
  for (const [family, own] of [...lists].reverse()) {
    outcome = await undoRecorded(ports, family, own, confirmedLoss, signal);
    if (outcome.kind !== 'undone') break;
    undone.push(...own);
  }
  await noteUndone(ports, undone);
  await ports.pages.notify();
  return outcome;
}

async function undoRecorded(
  ports: Ports,
  family: ListName,
  records: readonly JournalRecord[],
  confirmedLoss: string | undefined,
  signal: AbortSignal,
): Promise<UndoOutcome> {
  const management = await openManagement(ports);
  if (!management.ok) return failed(management.failure);
  if (records.some(({ proxyRoot }) => proxyRoot !== management.value.url.root))
    return failed({ code: 'undo-gone' });
  const undos = records.map((record): Undo => ({ record, undoId: ports.ids.next(), removed: '', alike: 0 }));
  let changed: Changed | undefined;
  let wrote = false;
  const keyIds = records.flatMap(({ keyId, keyIds: several }) => several ?? [keyId]);
  const onDevice = (await Promise.all(keyIds.map((id) => secretsOnDevice(ports, id)))).every(Boolean);
  const show = (running: Running | null): Promise<void> => showRunning(ports, keyIds, running);
  await ports.keepAlive.set(true);
  try {
    const job: ChangeJob = {
      decide: async (config) => {
        const list = selectList(config, family);
        if (!list.ok) return list;
        const decided = await decideUndo(ports, undos, list.value, confirmedLoss, wrote);
        changed = decided.ok && 'lost' in decided.value ? decided.value : undefined;
        if (!decided.ok) return decided;
        return 'lost' in decided.value
          ? fail({ code: 'undo-changed', count: decided.value.lost.models.length })
          : ok(decided.value);
      },
      isApplied: async (config) => {
        const list = selectList(config, family);
        if (!list.ok) return false;
        const done = await Promise.all(undos.map((undo) => isUndone(ports, undo, list.value)));
        return done.every(Boolean);
      },
      journal: () =>
        openRecords(
          ports,
          undos.flatMap(({ record, undoId, change }) =>
            change
              ? [
                  {
                    record: undoRecord(record, undoId, ports.clock.now()),
                    before: change.before,
                    after: change.after,
                  },
                ]
              : [],
          ),
          onDevice,
        ),
      setPhase: (phase) => Promise.all(undos.map(({ undoId }) => updateRecord(ports, undoId, { phase }))),
      showStage: (stage) => {
        wrote ||= stage === 'writing';
        return show({ importId: undos[0]!.undoId, stage, served: 0, total: 0 });
      },
      signal,
    };
    const held = await withProxyLock(ports, management.value, signal, () =>
      applyAndStay(ports, management.value, job),
    );
    if (!held.ok) return failed(held.failure);
    const applied = held.value;
    if (!applied.ok) {
      // Asked again only while nothing was written; afterwards the truth is that somebody else is at work.
      if (changed && !wrote) return { kind: 'changed', ...changed };
      const { failure } = applied.failure;
      return failed(failure.code === 'undo-changed' ? { code: 'overwritten' } : failure);
    }
    for (const { record, undoId } of undos) await concludeUndo(ports, record, undoId);
    return { kind: 'undone' };
  } finally {
    await show(null);
    await ports.keepAlive.set(false);
  }
}

function undoRecord(record: JournalRecord, id: string, at: number): NewRecord {
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
export async function concludeUndo(ports: Ports, record: JournalRecord, undoId: string): Promise<void> {
  const at = ports.clock.now();
  await updateRecord(ports, undoId, { phase: 'done' });
  await updateRecord(ports, record.id, { phase: 'undone', undoneAt: at });
  await restAfterWrite(ports, true);
  await ports.saved.change((document) => {
    for (const keyId of record.keyIds ?? [record.keyId]) {
      const card = document.cards[keyId];
      if (card && 'importId' in card && card.importId === record.id) delete document.cards[keyId];
    }
    if (record.action !== 'edit') return;
    updateCards(document.cards, changedIn(record, 'back'), record.proxyRoot);
  });
}

/** The entry of a record before and after the change, or after and before it. */
export function changedIn(record: JournalRecord, way: 'forth' | 'back'): ChangedEntry {
  const entryIn = (text: string | null): Provider | null =>
    text === null ? null : (parseJson(text) as Provider);
  const [before, after] = [entryIn(record.before), entryIn(record.after)];
  const list = record.list ?? 'openai-compatibility';
  return way === 'forth' ? { list, before, after } : { list, before: after, after: before };
}

/** Says once what was taken back. */
export async function noteUndone(ports: Ports, records: readonly JournalRecord[]): Promise<void> {
  const [first] = records;
  if (!first) return;
  await addNotice(ports, {
    keyId: first.keyId,
    keyName: first.keyName,
    outcome: {
      kind: 'undone',
      providerName: [...new Set(records.map(({ providerName }) => providerName))].join(', '),
      ...(first.action === 'edit' && { edit: true }),
    },
  });
}
