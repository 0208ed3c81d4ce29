import type { Change } from '../../core/import/change';
import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ProviderList } from '../../core/cliproxyapi/provider-list';
import type { OursOnly, UndoConflict } from '../../core/import/opened';
import { ok, type Result } from '../../core/failures/result';
import { isRefused, planUndo, type UndoConflicts, type UndoPlan } from '../../core/undo/plan-undo';
import { undoChanges } from '../../core/undo/undo-changes';
import { joinConflicts } from '../../core/undo/undo-conflict';
import type { ProviderRecord } from '../../storage/journal-schema';
import { secretsAtHand } from '../history/entry-records';
import type { Ports } from '../ports';

/** One record that is being undone. */
export interface Undo {
  record: ProviderRecord;
  undoId: string;
  /** The last decision. */
  step?: UndoPlan['steps'][number];
  /** Only our part goes: others changed the entry since. */
  oursOnly?: boolean;
}

export interface Conflict {
  providerName: string;
  lost: UndoConflict;
  /** Identifies exactly these losses; the user agrees by sending it back. */
  hash: string;
  /** What goes if only our part does; absent: where others changed something, nothing of ours can go alone. */
  oursOnly?: OursOnly;
}

/**
 * One change of the list that undoes all records, with each step noted in `undos`; or the conflict, unless the user agreed
 * to exactly that loss, or to take out our part of exactly these entries. `again`: a write may have arrived already.
 */
export async function decideUndo(
  ports: Ports,
  undos: Undo[],
  list: ProviderList,
  { confirmedLoss, again }: { confirmedLoss: string | undefined; again: boolean },
): Promise<Result<EntryChange | Conflict>> {
  const known = await secretsAtHand(ports, list.providers);
  if (!known.ok) return known;
  const records = undos.map(({ record }) => record);
  const earlier = again ? undos.map(({ step }) => step) : [];
  let changed: UndoConflicts['changed'] = [];
  let plan = planUndo(records, list, known.value, { force: false, earlier });
  if (plan.ok && 'changed' in plan.value) {
    const ours = planUndo(records, list, known.value, { force: 'ours', earlier });
    const conflict = await conflictFrom(ports, plan.value, ours);
    const { hash, oursOnly } = conflict;
    if (confirmedLoss === hash) plan = planUndo(records, list, known.value, { force: true, earlier });
    else if (oursOnly && confirmedLoss === oursOnly.hash) [plan, changed] = [ours, plan.value.changed];
    else return ok(conflict);
  }
  if (!plan.ok) return plan;
  if ('changed' in plan.value) throw new Error('a forced undo has no conflicts');
  for (const [at, undo] of undos.entries()) {
    const step = plan.value.steps[at] ?? null;
    undo.step = step;
    undo.oursOnly = isOfChanged(step, changed);
  }
  return ok(plan.value.change);
}

async function conflictFrom(
  ports: Ports,
  { changed }: UndoConflicts,
  ours: Result<UndoPlan | UndoConflicts>,
): Promise<Conflict> {
  const entries = JSON.stringify(changed.map(({ current }) => current));
  const changes = ours.ok && 'steps' in ours.value ? changesOf(ours.value, changed) : [];
  return {
    providerName: changed[0]?.providerName ?? '',
    lost: joinConflicts(changed.map(({ conflict }) => conflict)),
    hash: await ports.hash.sha256(entries),
    ...(changes.length > 0 && {
      oursOnly: { changes, hash: await ports.hash.sha256(JSON.stringify([entries, changes])) },
    }),
  };
}

/** The rows of the entries that others changed, and that stay without our part. */
const changesOf = ({ steps }: UndoPlan, changed: UndoConflicts['changed']): Change[] =>
  steps.flatMap((step) => {
    if (!step || isRefused(step)) return [];
    const { list, before, after } = step.change;
    return isOfChanged(step, changed) && before && after ? undoChanges(list, before, after) : [];
  });

const isOfChanged = (step: UndoPlan['steps'][number], changed: UndoConflicts['changed']): boolean =>
  step !== null && !isRefused(step) && changed.some(({ current }) => current === step.change.before);
