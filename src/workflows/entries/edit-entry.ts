import type { Stage } from '../../core/cliproxyapi/card';
import { keyEntries, labelOf, type Provider } from '../../core/cliproxyapi/provider';
import { redact } from '../../core/cliproxyapi/redact';
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
import { fingerprintsOf, NEW_RECORD, secretsOnDevice, type NewRecord } from '../history/entry-records';
import { updateRecord } from '../history/journal';
import { updateCardsOf } from '../history/update-cards-of';
import type { Ports } from '../ports';
import { addNotice, announceFailure, failed, stagesOf } from '../running';
import { agreedEdit, type CountedEdit } from './agreed-edit';
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
  await noteOnCards(ports, editId, agreed.plan(), management.url.root);
  return { kind: 'done' };
}

function recordOf({ agreed, editId, key, keyId, hash, ref, started }: EditRun, proxyRoot: string): NewRecord {
  const plan = agreed.plan();
  const { list, before, after } = plan.change;
  const name = nameOf(plan);
  return {
    ...NEW_RECORD,
    id: editId,
    at: started,
    action: 'edit',
    key: {
      id: keyId || null,
      name: key?.name ?? name,
      mask: maskKey((before && keyEntries(before)[ref.keyIndex]?.['api-key']) ?? ''),
    },
    keyIds: keyId ? [keyId] : [],
    relayName: key?.relayName ?? name,
    proxyRoot,
    providerName: name,
    list,
    ...(after === null && { place: ref.index, alike: plan.counted }),
    changes: plan.changes,
    planHash: hash,
  };
}

/** What sentences call the entry. */
function nameOf({ change: { before, after } }: EditPlan): string {
  const entry = after ?? before;
  return entry ? labelOf(entry) : '';
}

/** Cards are about keys that they know by their fingerprints. */
async function noteOnCards(
  ports: Ports,
  editId: string,
  { change: { list, before, after } }: EditPlan,
  proxyRoot: string,
): Promise<void> {
  const fingerprints = await fingerprintsOf(ports, [before, after]);
  const plain = (entry: Provider | null): Provider | null =>
    entry && fingerprints.ok ? redact(entry, fingerprints.value) : null;
  const changed = { list, before: plain(before), after: plain(after) };
  await updateCardsOf(ports, editId, changed, proxyRoot);
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
