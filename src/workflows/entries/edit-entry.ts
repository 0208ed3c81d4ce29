import type { Stage } from '../../core/cliproxyapi/card';
import { keyEntries, labelOf } from '../../core/cliproxyapi/provider';
import type { EditPlan } from '../../core/entries/edit';
import type { EntryEdit } from '../../core/entries/entry-edit';
import type { EditOutcome } from '../../core/entries/view';
import { maskKey } from '../../core/mask';
import { findKey } from '../accounts/find-key';
import type { Agreed } from '../cliproxyapi/agreed';
import { applyAndStay } from '../cliproxyapi/apply-change';
import { journalOne, type ChangeJob } from '../cliproxyapi/change-job';
import { changeProxy } from '../cliproxyapi/change-proxy';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { Management } from '../connection/open-management';
import { askAgain } from '../import/ask-again';
import { secretsOnDevice, type NewRecord } from '../history/entry-records';
import { updateRecord } from '../history/journal';
import type { Ports } from '../ports';
import { addNotice, announceFailure, failed, stagesOf } from '../running';
import { agreedEdit, type CountedEdit } from './agreed-edit';
import { editRecord, noteOnCards } from './edit-record';
import type { EntryRef } from './open-entry';

export interface EditOrder {
  ref: EntryRef;
  edit: EntryEdit;
  /** The plan that the user saw. */
  hash: string;
  /** The card that it was begun from; empty: the list of entries. */
  keyId: string;
  signal: AbortSignal;
}

/** One edit under way. */
interface EditRun extends EditOrder {
  editId: string;
  started: number;
  /** Name and relay of the key whose card it was begun from. */
  key: { name: string; relayName: string } | undefined;
  agreed: Agreed<CountedEdit>;
  show(stage: Stage | null): Promise<void>;
}

/** Changes one entry of CLIProxyAPI as it was agreed to: journaled, written once, read back, with an undo. */
export async function editEntry(ports: Ports, order: EditOrder): Promise<EditOutcome> {
  const { keyId, signal } = order;
  const editId = ports.ids.next();
  const key = await findKey(ports, keyId);
  const run: EditRun = {
    ...order,
    editId,
    started: ports.clock.now(),
    key: key.ok ? key.value : undefined,
    agreed: agreedEdit(ports, order),
    show: async (stage) => (keyId ? stagesOf(ports, keyId, editId)(stage) : undefined),
  };
  return changeProxy<EditOutcome>(
    ports,
    { show: run.show, signal, conclude: (outcome) => conclude(ports, run, outcome) },
    (management) => runEdit(ports, management, run),
  );
}

async function runEdit(ports: Ports, management: Management, run: EditRun): Promise<EditOutcome> {
  const { agreed, editId, keyId, show: showStage, signal } = run;
  const record = (): NewRecord => recordOf(run, management.url.root);
  const journal = journalOne(ports, editId, record, await secretsOnDevice(ports, [keyId]));
  const job: ChangeJob = { ports, management, ...agreed, ...journal, showStage, signal };
  const applied = await applyAndStay(job);
  if (!applied.ok) {
    const { failure } = applied.failure;
    return failure.code === 'list-changed' ? { kind: 'changed' } : failed(failure);
  }
  await restAfterWrite(ports, true);
  await updateRecord(ports, editId, { phase: 'done', tookMs: ports.clock.now() - run.started });
  await noteOnCards(ports, new Map([[editId, agreed.plan().change]]), management.url.root);
  return { kind: 'done' };
}

function recordOf({ agreed, editId, key, keyId, hash, ref, started }: EditRun, proxyRoot: string): NewRecord {
  const plan = agreed.plan();
  const { change, changes, counted } = plan;
  const name = nameOf(plan);
  return editRecord(
    { ...change, index: ref.index, changes, counted },
    {
      id: editId,
      at: started,
      batch: null,
      key: {
        id: keyId || null,
        name: key?.name ?? name,
        mask: maskKey((change.before && keyEntries(change.before)[ref.keyIndex]?.['api-key']) ?? ''),
      },
      keyIds: keyId ? [keyId] : [],
      relayName: key?.relayName ?? name,
      proxyRoot,
      providerName: name,
      planHash: hash,
    },
  );
}

/** What sentences call the entry. */
function nameOf({ change: { before, after } }: EditPlan): string {
  const entry = after ?? before;
  return entry ? labelOf(entry) : '';
}

async function conclude(ports: Ports, run: EditRun, outcome: EditOutcome): Promise<void> {
  const { keyId, key, edit, editId, signal } = run;
  if (outcome.kind === 'changed') return;
  if (outcome.kind === 'failed') {
    await announceFailure(ports, { keyId, keyName: key?.name ?? '' }, outcome.failure);
    return;
  }
  const plan = run.agreed.plan();
  const removed = plan.change.after === null;
  await addNotice(ports, {
    keyId: keyId || null,
    keyName: nameOf(plan),
    outcome: { kind: 'edited', importId: editId, removed },
  });
  await ports.pages.notify();
  if (edit.remove === undefined && keyId !== '') await askAgain(ports, keyId, signal);
}
