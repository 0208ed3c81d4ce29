import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import { planEdit, type EditPlan, type EntryEdit } from '../../core/entries/edit';
import type { EditOutcome } from '../../core/entries/view';
import { canonicalJson } from '../../core/json';
import { keyEntries, labelOf, type Provider } from '../../core/cliproxyapi/provider';
import { redact } from '../../core/cliproxyapi/redact';
import { maskKey } from '../../core/mask';
import { fail, ok } from '../../core/result';
import type { ConfigRead } from '../../targets/cliproxyapi/management';
import { applyAndStay, holdProxy } from '../cliproxyapi/apply-change';
import { askAgain } from '../import/ask-again';
import type { ChangeJob } from '../change-job';
import { findKey } from '../accounts/find-key';
import {
  fingerprintsOf,
  JUST_OPENED,
  journalOne,
  sameEntry,
  secretsOnDevice,
  type NewRecord,
} from '../journal/journal';
import { editHash, placeOfEntry, type EntryRef } from './open-entry';
import { listOf, openManagement } from '../cliproxyapi/open-management';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import { addNotice, announceFailure, showRunning } from '../running';
import { updateCards } from '../../core/cliproxyapi/update-cards';
import type { World } from '../ports';

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
export async function editEntry(world: World, order: EditOrder): Promise<EditOutcome> {
  const outcome = await runEdit(world, order);
  if (outcome.kind === 'failed') {
    const key = await findKey(world, order.keyId);
    const keyName = key.ok ? key.value.name : '';
    await announceFailure(world, { keyId: order.keyId, keyName }, outcome.failure);
  }
  return outcome;
}

async function runEdit(world: World, order: EditOrder): Promise<EditOutcome> {
  const management = await openManagement(world);
  if (!management.ok) return { kind: 'failed', failure: management.failure };
  const editId = world.ids.next();
  const started = world.clock.now();
  const key = await findKey(world, order.keyId);
  const onDevice = await secretsOnDevice(world, order.keyId);
  let plan: EditPlan | undefined;
  let moved = false;
  let counted: number | undefined;
  const done = (config: ConfigRead): boolean => plan !== undefined && isDone(plan.change, config, counted);
  const job: ChangeJob = {
    async decide(config) {
      if (plan && done(config)) return ok(null);
      const place = await placeOfEntry(world, config, order.ref);
      const fresh = place && planEdit(place, order.edit);
      const agreed =
        fresh?.ok && fresh.value && (await editHash(world, fresh.value.change)) === order.hash
          ? fresh.value
          : undefined;
      moved = agreed === undefined;
      if (!agreed) return fail({ code: 'list-changed' });
      plan = agreed;
      counted = countOf(agreed.change, config);
      return ok(agreed.change);
    },
    holds: async (config) => done(config),
    ...journalOne(
      world,
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
    stage: (stage) =>
      order.keyId
        ? showRunning(world, order.keyId, { importId: editId, stage, served: 0, total: 0 })
        : Promise.resolve(),
    signal: order.signal,
  };
  await world.pulse.keepAwake(true);
  try {
    const held = await holdProxy(world, management.value, order.signal, () =>
      applyAndStay(world, management.value, job),
    );
    if (!held.ok) return { kind: 'failed', failure: held.failure };
    if (!held.value.ok) {
      const { failure, written } = held.value.failure;
      if (moved && written === 'no') return { kind: 'changed' };
      return { kind: 'failed', failure };
    }
    await conclude(world, order, plan!, { editId, root: management.value.url.root, started });
    return { kind: 'done' };
  } finally {
    if (order.keyId) await showRunning(world, order.keyId, null);
    await world.pulse.keepAwake(false);
  }
}

/** How many entries are as the touched one becomes, or, of one that goes, as it was. */
function countOf({ family, before, after }: EntryChange, config: ConfigRead): number {
  const list = listOf(config, family);
  const wanted = canonicalJson(after ?? before);
  return list.ok ? list.value.providers.filter((entry) => sameEntry(canonicalJson(entry), wanted)).length : 0;
}

function isDone(change: EntryChange, config: ConfigRead, counted = 0): boolean {
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
    ...JUST_OPENED,
    id: editId,
    at: started,
    action: 'edit',
    keyId: order.keyId,
    keyName: key.ok ? key.value.name : labelOf(entry),
    mask,
    relayName: key.ok ? key.value.relayName : labelOf(entry),
    proxyRoot: root,
    providerName: labelOf(entry),
    family: change.family,
    ...(change.after === null && { place: order.ref.index, alike }),
    changes,
    planHash: order.hash,
  };
}

async function conclude(
  world: World,
  { keyId, edit, signal }: EditOrder,
  { change }: EditPlan,
  { editId, root, started }: About,
): Promise<void> {
  await restAfterWrite(world, true);
  const tookMs = world.clock.now() - started;
  await world.journal.change((journal) => {
    const record = journal.records.find(({ id }) => id === editId);
    if (record) Object.assign(record, { phase: 'done', tookMs });
  });
  const fingerprints = await fingerprintsOf(world, [change.before, change.after]);
  const plain = (entry: Provider | null): Provider | null =>
    entry && fingerprints.ok ? redact(entry, fingerprints.value) : null;
  const { family } = change;
  const changed = { family, before: plain(change.before), after: plain(change.after) };
  await world.kept.change((document) => updateCards(document.cards, changed, root));
  await addNotice(world, {
    keyId: keyId || null,
    keyName: labelOf((change.after ?? change.before)!),
    outcome: { kind: 'edited', importId: editId, removed: change.after === null },
  });
  await world.pulse.changed();
  const stillThere = edit.remove === undefined && keyId !== '';
  if (stillThere) await askAgain(world, keyId, signal);
}
