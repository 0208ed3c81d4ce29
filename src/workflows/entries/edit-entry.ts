import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import { planEdit, type EditPlan, type EntryEdit } from '../../core/entries/edit';
import type { EditOutcome } from '../../core/entries/view';
import { canonicalJson } from '../../core/json';
import { keyEntries, labelOf, type Provider } from '../../core/cliproxyapi/provider';
import { redact } from '../../core/cliproxyapi/redact';
import { sameEntry } from '../../core/cliproxyapi/same-entry';
import { maskKey } from '../../core/mask';
import { fail, ok } from '../../core/result';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { applyAndStay, withProxyLock } from '../cliproxyapi/apply-change';
import { askAgain } from '../import/ask-again';
import type { ChangeJob } from '../change-job';
import { findKey } from '../accounts/find-key';
import {
  fingerprintsOf,
  NEW_RECORD,
  journalOne,
  secretsOnDevice,
  type NewRecord,
} from '../journal/entry-records';
import { updateRecord } from '../journal/journal';
import { editHash, placeOfEntry, type EntryRef } from './open-entry';
import { selectList } from '../../core/cliproxyapi/provider-list';
import { openManagement } from '../cliproxyapi/open-management';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import { addNotice, announceFailure, showRunning } from '../running';
import { updateCards } from '../../core/cliproxyapi/update-cards';
import type { Ports } from '../ports';

export interface EditOrder {
  ref: EntryRef;
  edit: EntryEdit;
  /** The plan that the user saw. */
  hash: string;
  /** The card that it was begun from; empty: the list of entries. */
  keyId: string;
  signal: AbortSignal;
}

/** Changes one entry of CLIProxyAPI as it was agreed to: journaled, written once, read back, with an undo. */
export async function editEntry(ports: Ports, order: EditOrder): Promise<EditOutcome> {
  const outcome = await runEdit(ports, order);
  if (outcome.kind === 'failed') {
    const key = await findKey(ports, order.keyId);
    const keyName = key.ok ? key.value.name : '';
    await announceFailure(ports, { keyId: order.keyId, keyName }, outcome.failure);
  }
  return outcome;
}

async function runEdit(ports: Ports, order: EditOrder): Promise<EditOutcome> {
  const management = await openManagement(ports);
  if (!management.ok) return { kind: 'failed', failure: management.failure };
  const editId = ports.ids.next();
  const started = ports.clock.now();
  const key = await findKey(ports, order.keyId);
  const onDevice = await secretsOnDevice(ports, [order.keyId]);
  let plan: EditPlan | undefined;
  let moved = false;
  let counted: number | undefined;
  const done = (config: ProxyConfig): boolean => plan !== undefined && isDone(plan.change, config, counted);
  const job: ChangeJob = {
    async decide(config) {
      if (plan && done(config)) return ok(null);
      const place = await placeOfEntry(ports, config, order.ref);
      const fresh = place && planEdit(place, order.edit);
      const agreed =
        fresh?.ok && fresh.value && (await editHash(ports, fresh.value.change)) === order.hash
          ? fresh.value
          : undefined;
      moved = agreed === undefined;
      if (!agreed) return fail({ code: 'list-changed' });
      plan = agreed;
      counted = countOf(agreed.change, config);
      return ok(agreed.change);
    },
    isApplied: async (config) => done(config),
    ...journalOne(
      ports,
      editId,
      () =>
        recordOf(plan!, {
          alike: counted ?? 1,
          editId,
          order,
          started,
          root: management.value.url.root,
          key,
        }),
      onDevice,
    ),
    showStage: (stage) =>
      order.keyId
        ? showRunning(ports, order.keyId, { importId: editId, stage, served: 0, total: 0 })
        : Promise.resolve(),
    signal: order.signal,
  };
  await ports.keepAlive.set(true);
  try {
    const held = await withProxyLock(ports, management.value, order.signal, () =>
      applyAndStay(ports, management.value, job),
    );
    if (!held.ok) return { kind: 'failed', failure: held.failure };
    if (!held.value.ok) {
      const { failure, written } = held.value.failure;
      if (moved && written === 'no') return { kind: 'changed' };
      return { kind: 'failed', failure };
    }
    await conclude(ports, order, plan!, { editId, root: management.value.url.root, started });
    return { kind: 'done' };
  } finally {
    if (order.keyId) await showRunning(ports, order.keyId, null);
    await ports.keepAlive.set(false);
  }
}

/** How many entries are as the touched one becomes, or, of one that goes, as it was. */
function countOf({ list: name, before, after }: EntryChange, config: ProxyConfig): number {
  const list = selectList(config, name);
  const wanted = canonicalJson(after ?? before);
  return list.ok ? list.value.providers.filter((entry) => sameEntry(canonicalJson(entry), wanted)).length : 0;
}

function isDone(change: EntryChange, config: ProxyConfig, counted = 0): boolean {
  const now = countOf(change, config);
  return change.after === null ? now < counted : now > counted;
}

interface About {
  editId: string;
  root: string;
  started: number;
}

function recordOf(
  { change, changes }: EditPlan,
  {
    alike,
    editId,
    order,
    started,
    root,
    key,
  }: About & { alike: number; order: EditOrder; key: Awaited<ReturnType<typeof findKey>> },
): NewRecord {
  const entry = (change.after ?? change.before)!;
  const mask = maskKey(keyEntries(change.before!)[order.ref.keyIndex]?.['api-key'] ?? '');
  return {
    ...NEW_RECORD,
    id: editId,
    at: started,
    action: 'edit',
    key: { id: order.keyId || null, name: key.ok ? key.value.name : labelOf(entry), mask },
    keyIds: order.keyId ? [order.keyId] : [],
    relayName: key.ok ? key.value.relayName : labelOf(entry),
    proxyRoot: root,
    providerName: labelOf(entry),
    list: change.list,
    ...(change.after === null && { place: order.ref.index, alike }),
    changes,
    planHash: order.hash,
  };
}

async function conclude(
  ports: Ports,
  { keyId, edit, signal }: EditOrder,
  { change }: EditPlan,
  { editId, root, started }: About,
): Promise<void> {
  await restAfterWrite(ports, true);
  const tookMs = ports.clock.now() - started;
  await updateRecord(ports, editId, { phase: 'done', tookMs });
  const fingerprints = await fingerprintsOf(ports, [change.before, change.after]);
  const plain = (entry: Provider | null): Provider | null =>
    entry && fingerprints.ok ? redact(entry, fingerprints.value) : null;
  const { list } = change;
  const changed = { list, before: plain(change.before), after: plain(change.after) };
  await ports.saved.change((document) => updateCards(document.cards, changed, root));
  await addNotice(ports, {
    keyId: keyId || null,
    keyName: labelOf((change.after ?? change.before)!),
    outcome: { kind: 'edited', importId: editId, removed: change.after === null },
  });
  await ports.pages.notify();
  const stillThere = edit.remove === undefined && keyId !== '';
  if (stillThere) await askAgain(ports, keyId, signal);
}
