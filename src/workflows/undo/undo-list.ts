import type { Stage } from '../../core/cliproxyapi/card';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { UndoOutcome } from '../../core/import/opened';
import type { Failure, FailureCode } from '../../core/failures/failure';
import { fail, ok } from '../../core/failures/result';
import { isRefused, isUndone } from '../../core/undo/plan-undo';
import type { ProviderRecord } from '../../storage/journal-schema';
import type { ListWork } from '../batch/write-lists';
import type { ListJob } from '../cliproxyapi/joint-job';
import type { Management } from '../connection/open-management';
import { fingerprintsOf, openEntryRecords, type NewRecord } from '../history/entry-records';
import { dropRecords, updateRecords } from '../history/journal';
import type { Ports } from '../ports';
import { failed } from '../running';
import { decideUndo, type Conflict, type Undo } from './decide-undo';

export interface UndoOrder {
  /** When it began; milliseconds since 1970. */
  at: number;
  confirmedLoss: string | undefined;
  /** Secrets of the entries may be stored on the device. */
  onDevice: boolean;
  signal: AbortSignal;
  show(stage: Stage): Promise<void>;
}

interface Run extends UndoOrder {
  list: ListName;
  undos: Undo[];
  /** The conflict that was found last. */
  conflict?: Conflict | undefined;
  /** Whether a write may have arrived. */
  wrote: boolean;
}

/** What became of the records of one list. */
export interface ListUndone {
  undone: Undo[];
  /** Somebody took all of it away: of several lists it is taken back already. */
  gone?: Undo[];
  /** The others would end the same way, or have to wait for an answer. */
  stops?: boolean;
  /** Why the others, or the first of them, are as they were. */
  left?: UndoOutcome & { kind: 'changed' | 'failed' };
}

/** Undoing records of one list. The records stay open until `concludeUndo`. */
export interface ListUndo extends ListWork<ListUndone> {
  /** What became of them where the write failed. */
  failed(failure: Failure): ListUndone;
}

/** Why entries of a list stay as they are, which says nothing of other lists. */
const OF_ENTRIES: ReadonlySet<FailureCode> = new Set([
  'last-key',
  'undo-secret-gone',
  'name-in-use',
  'same-entry',
]);

/** Undoes records of one list, all with one write. */
export function undoList(
  ports: Ports,
  management: Management,
  list: ListName,
  records: readonly ProviderRecord[],
  order: UndoOrder,
): ListUndo {
  const undos = records.map((record): Undo => ({ record, undoId: ports.ids.next() }));
  const run: Run = { ...order, list, undos, wrote: false };
  return {
    job: jobOf(ports, management, run),
    async conclude() {
      const refused = undos.map(({ step }) => step).find(isRefused);
      return {
        undone: undos.filter(({ step }) => !isRefused(step)),
        ...(refused && { left: failed(refused) }),
      };
    },
    failed(failure) {
      // The user is asked only while nothing was written; afterwards somebody else is at work.
      if (run.conflict && !run.wrote)
        return { undone: [], left: { kind: 'changed', ...run.conflict }, stops: true };
      if (failure.code === 'undo-gone' && !run.wrote) return { undone: [], gone: undos };
      const why: Failure = failure.code === 'undo-changed' ? { code: 'overwritten' } : failure;
      return { undone: [], left: failed(why), stops: !OF_ENTRIES.has(failure.code) };
    },
  };
}

function jobOf(ports: Ports, management: Management, run: Run): ListJob {
  const { undos, confirmedLoss } = run;
  return {
    ports,
    management,
    async decide(config) {
      const list = selectList(config, run.list);
      if (!list.ok) return list;
      const now = { config, list: list.value };
      const decided = await decideUndo(ports, undos, now, { confirmedLoss, again: run.wrote });
      run.conflict = decided.ok && 'lost' in decided.value ? decided.value : undefined;
      if (!decided.ok) return decided;
      return 'lost' in decided.value
        ? fail({ code: 'undo-changed', count: decided.value.lost.models.length })
        : ok(decided.value);
    },
    async isApplied(config) {
      const list = selectList(config, run.list);
      const prints = list.ok ? await fingerprintsOf(ports, list.value.providers) : list;
      if (!list.ok || !prints.ok) return false;
      const { providers } = list.value;
      return undos.every(({ step }) => isUndone(step ?? null, providers, prints.value));
    },
    journal: () => openEntryRecords(ports, undos.flatMap(openedBy(run.at)), run.onDevice),
    dropJournal: () => dropRecords(ports, new Set(undos.map(({ undoId }) => undoId))),
    setPhase(phase, unseen) {
      run.wrote ||= phase === 'written';
      return updateRecords(ports, new Map(undos.map(({ undoId }) => [undoId, { phase, unseen }])));
    },
    showStage: (stage) => run.show(stage),
    signal: run.signal,
  };
}

const openedBy =
  (at: number) =>
  ({ record, undoId, step, oursOnly }: Undo): Parameters<typeof openEntryRecords>[1][number][] =>
    step && !isRefused(step)
      ? [{ ...step.change, record: { ...undoRecord(record, undoId, at, step.alike), oursOnly } }]
      : [];

/** The record of an undo as it is opened. */
export const undoRecord = (record: ProviderRecord, id: string, at: number, alike: number): NewRecord => ({
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
