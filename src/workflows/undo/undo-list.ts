import type { Running } from '../../core/cliproxyapi/card';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { Failure } from '../../core/failure';
import type { UndoOutcome } from '../../core/import/opened';
import { fail, ok } from '../../core/result';
import { isUndone } from '../../core/undo/plan-undo';
import type { ProviderRecord } from '../../storage/journal-schema';
import type { ChangeJob } from '../change-job';
import { applyAndStay, withProxyLock } from '../cliproxyapi/apply-change';
import { openManagement, type Management } from '../cliproxyapi/open-management';
import { fingerprintsOf, openEntryRecords, secretsOnDevice, type NewRecord } from '../journal/entry-records';
import { updateRecords } from '../journal/journal';
import type { Ports } from '../ports';
import { showRunning } from '../running';
import { concludeUndo } from './conclude-undo';
import { decideUndo, type Conflict, type Undo } from './decide-undo';

export interface UndoOrder {
  confirmedLoss: string | undefined;
  signal: AbortSignal;
}

const failed = (failure: Failure): UndoOutcome => ({ kind: 'failed', failure });

/** Takes back records of one list with one write. */
export async function undoList(
  ports: Ports,
  records: readonly ProviderRecord[],
  order: UndoOrder,
): Promise<UndoOutcome> {
  const management = await openManagement(ports);
  if (!management.ok) return failed(management.failure);
  if (records.some(({ proxyRoot }) => proxyRoot !== management.value.url.root))
    return failed({ code: 'undo-gone' });
  const keyIds = records.flatMap((record) => record.keyIds);
  const show = (running: Running | null): Promise<void> => showRunning(ports, keyIds, running);
  await ports.keepAlive.set(true);
  try {
    return await undoUnderLock(ports, management.value, {
      ...order,
      undos: records.map((record) => ({ record, undoId: ports.ids.next() })),
      onDevice: await secretsOnDevice(ports, keyIds),
      show,
      wrote: false,
    });
  } finally {
    await show(null);
    await ports.keepAlive.set(false);
  }
}

interface Run extends UndoOrder {
  undos: Undo[];
  onDevice: boolean;
  show(running: Running | null): Promise<void>;
  /** What somebody changed since, as it was found last. */
  conflict?: Conflict | undefined;
  /** A write was begun. */
  wrote: boolean;
}

async function undoUnderLock(ports: Ports, management: Management, run: Run): Promise<UndoOutcome> {
  const job = jobOf(ports, run);
  const held = await withProxyLock(ports, management, run.signal, () => applyAndStay(ports, management, job));
  if (!held.ok) return failed(held.failure);
  const applied = held.value;
  if (!applied.ok) {
    // The user is asked only while nothing was written; afterwards somebody else is at work.
    if (run.conflict && !run.wrote) return { kind: 'changed', ...run.conflict };
    const { failure } = applied.failure;
    return failed(failure.code === 'undo-changed' ? { code: 'overwritten' } : failure);
  }
  for (const { record, undoId } of run.undos) await concludeUndo(ports, record, undoId);
  return { kind: 'undone' };
}

function jobOf(ports: Ports, run: Run): ChangeJob {
  const { undos, confirmedLoss } = run;
  const [first] = undos;
  if (!first) throw new Error('an undo has records');
  return {
    async decide(config) {
      const list = selectList(config, first.record.list);
      if (!list.ok) return list;
      const decided = await decideUndo(ports, undos, list.value, { confirmedLoss, again: run.wrote });
      run.conflict = decided.ok && 'lost' in decided.value ? decided.value : undefined;
      if (!decided.ok) return decided;
      return 'lost' in decided.value
        ? fail({ code: 'undo-changed', count: decided.value.lost.models.length })
        : ok(decided.value);
    },
    async isApplied(config) {
      const list = selectList(config, first.record.list);
      const prints = list.ok ? await fingerprintsOf(ports, list.value.providers) : list;
      if (!list.ok || !prints.ok) return false;
      const { providers } = list.value;
      return undos.every(({ record, step }) => isUndone(record, step ?? null, providers, prints.value));
    },
    journal: () => openEntryRecords(ports, undos.flatMap(openedBy(ports.clock.now())), run.onDevice),
    setPhase: (phase) => updateRecords(ports, new Map(undos.map(({ undoId }) => [undoId, { phase }]))),
    showStage: (stage) => {
      run.wrote ||= stage === 'writing';
      return run.show({ importId: first.undoId, stage, served: 0, total: 0 });
    },
    signal: run.signal,
  };
}

const openedBy =
  (at: number) =>
  ({ record, undoId, step }: Undo): Parameters<typeof openEntryRecords>[1][number][] =>
    step ? [{ ...step.change, record: undoRecord(record, undoId, at, step.alike) }] : [];

const undoRecord = (record: ProviderRecord, id: string, at: number, alike: number): NewRecord => ({
  ...record,
  id,
  at,
  action: 'undo',
  undoes: record.id,
  phase: 'writing',
  alike,
  changes: [],
  draft: null,
  served: null,
  total: null,
  tookMs: null,
});
