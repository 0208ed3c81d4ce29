import { groupBy } from '../../core/group-by';
import type { UndoOutcome } from '../../core/import/opened';
import type { ProviderRecord } from '../../storage/journal-schema';
import { readProviderRecords } from '../journal/journal';
import type { Ports } from '../ports';
import { announceFailure } from '../running';
import { noteUndone } from './conclude-undo';
import { undoList, type UndoOrder } from './undo-list';

/**
 * Puts the touched entry back exactly as it was before the import, if it still is as the import left it; the entries of
 * a batch (`importId` is then the batch's) with one write for each list. Where somebody changed one of them since,
 * nothing is written and what would be lost is said; `confirmedLoss` repeats what was shown.
 */
export async function undoImport(
  ports: Ports,
  importId: string,
  confirmedLoss: string | undefined,
  signal: AbortSignal,
): Promise<UndoOutcome> {
  const all = await readProviderRecords(ports);
  const records = (all.ok ? all.value : []).filter(
    ({ id, batch, action }) => action !== 'undo' && (id === importId || batch === importId),
  );
  const outcome: UndoOutcome = all.ok
    ? await undoLists(ports, records, { confirmedLoss, signal })
    : { kind: 'failed', failure: all.failure };
  if (outcome.kind === 'failed') {
    const { id = null, name = '' } = records[0]?.key ?? {};
    await announceFailure(ports, { keyId: id ?? '', keyName: name }, outcome.failure);
  }
  return outcome;
}

/** One list after the other, the one written last first; a list that is undone stays so if a later one fails. */
async function undoLists(
  ports: Ports,
  all: readonly ProviderRecord[],
  order: UndoOrder,
): Promise<UndoOutcome> {
  const records = all.filter(({ phase }) => phase !== 'undone' && phase !== 'not-written');
  const lists = [...groupBy(records, ({ list }) => list).values()].reverse();
  const undone: ProviderRecord[] = [];
  let outcome: UndoOutcome = { kind: 'failed', failure: { code: 'undo-gone' } };
  for (const own of lists) {
    outcome = await undoList(ports, own, order);
    if (outcome.kind !== 'undone') break;
    undone.push(...own);
  }
  await noteUndone(ports, undone);
  await ports.pages.notify();
  return outcome;
}
