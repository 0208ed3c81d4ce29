import { groupBy } from '../../core/group-by';
import type { UndoOutcome } from '../../core/import/opened';
import { isRefused } from '../../core/undo/plan-undo';
import { twinsBack } from '../../core/undo/twins-back';
import type { ProviderRecord } from '../../storage/journal-schema';
import { allKeys } from '../accounts/find-key';
import { writeTogether } from '../batch/write-lists';
import { changeProxy } from '../cliproxyapi/change-proxy';
import { savedConnection, type Management } from '../connection/open-management';
import { secretsOnDevice } from '../history/entry-records';
import { readProviderRecords } from '../history/journal';
import type { Ports } from '../ports';
import { announceFailure, failed, stagesOf } from '../running';
import { changedIn, concludeUndo, noteUndone } from './conclude-undo';
import type { Undo } from './decide-undo';
import { undoList, type ListUndo, type ListUndone, type UndoOrder } from './undo-list';

/**
 * Restores the entry exactly as it was before the import, if nobody changed it since; the entries of a batch (`importId`
 * is then the batch's) with one write for each list or for all. If somebody changed one, nothing is written and the conflict is
 * returned; `confirmedLoss`: the hash of the conflict that the user accepted. `at`: when it began; History shows what began at
 * one moment as one undo.
 */
export async function undoImport(
  ports: Ports,
  importId: string,
  confirmedLoss: string | undefined,
  signal: AbortSignal,
  at = ports.clock.now(),
): Promise<UndoOutcome> {
  const all = await readProviderRecords(ports);
  const saved = await savedConnection(ports);
  const isOfThis = ({ proxyRoot }: ProviderRecord): boolean =>
    !saved.ok || proxyRoot === saved.value.url.root;
  const named = (all.ok ? all.value : []).filter(
    ({ id, batch, action }) => action !== 'undo' && (id === importId || batch === importId),
  );
  // Of a batch that went to several CLIProxyAPIs only what this one has; of one that is another's, all of it is refused below.
  const own = named.some(isOfThis) ? named.filter(isOfThis) : named;
  const edits = (all.ok ? all.value : []).filter(({ action }) => action === 'edit');
  const records = own
    .filter(({ phase }) => phase !== 'undone' && phase !== 'not-written')
    .map((record) => ({ ...record, alike: record.alike + twinsBack(edits, record) }));
  const keyIds = records.flatMap((record) => record.keyIds);
  const show = stagesOf(ports, keyIds, importId);
  const about = { keyId: own[0]?.key.id ?? '', keyName: own[0]?.key.name ?? '' };
  const conclude = async (outcome: UndoOutcome): Promise<unknown> =>
    outcome.kind === 'failed' ? announceFailure(ports, about, outcome.failure) : undefined;
  if (records.length === 0)
    return announceFailure(ports, about, all.ok ? { code: 'undo-gone' } : all.failure);
  const together = await asksFirst(ports, importId, records);
  if (together && confirmedLoss === undefined) return together;
  const onDevice = await secretsOnDevice(ports, keyIds);
  return changeProxy<UndoOutcome>(ports, { show, signal, conclude }, (management) =>
    undoLists(ports, management, records, { at, confirmedLoss, onDevice, show, signal }),
  );
}

/** A write of a batch that is undone from the card of one of its keys takes the others along: that is said first. */
async function asksFirst(
  ports: Ports,
  importId: string,
  [record, ...more]: readonly ProviderRecord[],
): Promise<(UndoOutcome & { kind: 'changed' }) | undefined> {
  if (!record || more.length > 0 || record.id !== importId || record.keyIds.length < 2) return undefined;
  const saved = await ports.saved.read();
  const names = new Map(saved.ok ? allKeys(saved.value).map(({ id, name }) => [id, name]) : []);
  return {
    kind: 'changed',
    providerName: record.providerName,
    lost: { keys: 0, models: [], fields: [] },
    hash: importId,
    together: record.keyIds.map((id) => names.get(id) ?? record.key.name),
  };
}

/**
 * All lists by one write where CLIProxyAPI takes them so, else one after the other, the one written last first, until one
 * fails for a reason that is not its own. What is undone stays so, and is noted at once: each document is stored once, whatever the number of records.
 */
async function undoLists(
  ports: Ports,
  management: Management,
  records: readonly ProviderRecord[],
  order: UndoOrder,
): Promise<UndoOutcome> {
  if (records.some(({ proxyRoot }) => proxyRoot !== management.url.root))
    return failed({ code: 'undo-gone' });
  const lists = [...groupBy(records, ({ list }) => list)].reverse();
  let rest = lists.map(([list, own]) => undoList(ports, management, list, own, order));
  const undone: Undo[] = [];
  const gone: Undo[] = [];
  let left: ListUndone['left'];
  for (let [first, ...more] = rest; first; [first, ...more] = rest) {
    const { done, failed: others } = await writeTogether<ListUndone, ListUndo>([first, ...more]);
    const ends = [
      ...done.map(({ value }) => value),
      ...(others?.works ?? []).map((work) => work.failed(others!.failure)),
    ];
    const ended = new Set([...done.map(({ work }) => work), ...(others?.works ?? [])]);
    undone.push(...ends.flatMap((end) => end.undone));
    gone.push(...ends.flatMap((end) => end.gone ?? []));
    left ??= ends.find((end) => end.left)?.left;
    if (ends.some(({ stops }) => stops)) break;
    rest = rest.filter((work) => !ended.has(work));
  }
  if (undone.length === 0) return left ?? failed({ code: 'undo-gone' });
  undone.push(...gone);
  await concludeUndo(ports, undone.map(concluded));
  const failure = left?.kind === 'failed' ? left.failure : undefined;
  const of = records.length;
  await noteUndone(
    ports,
    undone.map(({ record }) => record),
    { of, failure, oursOnly: undone.some((undo) => undo.oursOnly === true) },
  );
  if (failure) return { kind: 'partly', undone: undone.length, of, failure };
  return left ?? { kind: 'undone' };
}

/** A record that is undone, with what became of its entry. */
function concluded({ record, undoId, oursOnly, step }: Undo): Parameters<typeof concludeUndo>[1][number] {
  const change =
    step && !isRefused(step)
      ? changedIn({ list: record.list, before: step.removed, after: step.put })
      : undefined;
  return { record, undoId, oursOnly, change };
}
