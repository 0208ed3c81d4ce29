import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ProviderList } from '../../core/cliproxyapi/provider-list';
import type { UndoConflict } from '../../core/import/opened';
import { ok, type Result } from '../../core/failures/result';
import { planUndo, type UndoConflicts, type UndoPlan } from '../../core/undo/plan-undo';
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
}

export interface Conflict {
  providerName: string;
  lost: UndoConflict;
  /** Identifies exactly these losses; the user agrees by sending it back. */
  hash: string;
}

/**
 * One change of the list that undoes all records, with each step noted in `undos`; or the conflict, unless the user agreed
 * to exactly that loss. `again`: a write may have arrived already.
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
  let plan = planUndo(records, list, known.value, { force: false, earlier });
  if (plan.ok && 'changed' in plan.value) {
    const conflict = await conflictFrom(ports, plan.value);
    if (conflict.hash !== confirmedLoss) return ok(conflict);
    plan = planUndo(records, list, known.value, { force: true, earlier });
  }
  if (!plan.ok) return plan;
  if ('changed' in plan.value) throw new Error('a forced undo has no conflicts');
  for (const [at, undo] of undos.entries()) undo.step = plan.value.steps[at] ?? null;
  return ok(plan.value.change);
}

async function conflictFrom(ports: Ports, { changed }: UndoConflicts): Promise<Conflict> {
  return {
    providerName: changed[0]?.providerName ?? '',
    lost: joinConflicts(changed.map(({ conflict }) => conflict)),
    hash: await ports.hash.sha256(JSON.stringify(changed.map(({ current }) => current))),
  };
}
