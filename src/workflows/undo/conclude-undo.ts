import type { Card } from '../../core/cliproxyapi/card';
import type { Failure } from '../../core/failures/failure';
import { parseJson } from '../../core/json';
import { labelOf } from '../../core/cliproxyapi/provider';
import type { RedactedProvider } from '../../core/cliproxyapi/redact';
import { allKeys } from '../accounts/find-key';
import { restoreCards, updateCards, type ChangedEntry } from '../../core/cliproxyapi/update-cards';
import type { ProviderRecord } from '../../storage/journal-schema';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import { updateRecords } from '../history/journal';
import { addNotice } from '../running';
import type { Ports } from '../ports';

/** A record that is undone, and the record of its undo. */
interface Undone {
  record: ProviderRecord;
  undoId: string;
  oursOnly?: boolean | undefined;
  /** What the undo made of the entry; absent: it found it taken back. */
  change?: ChangedEntry | undefined;
}

/** Notes in journal and cards that writes are undone; one write of each document for all of them. */
export async function concludeUndo(ports: Ports, undone: readonly Undone[]): Promise<void> {
  const closed = { phase: 'undone', undoneAt: ports.clock.now() } as const;
  await updateRecords(
    ports,
    new Map<string, Partial<ProviderRecord>>(
      undone.flatMap(({ record, undoId, oursOnly }) => [
        [undoId, { phase: 'done' }],
        [record.id, { ...closed, ...(oursOnly && { oursOnly }) }],
      ]),
    ),
  );
  await restAfterWrite(ports, true);
  await ports.saved.change((document) => {
    const there = new Set(allKeys(document).map(({ id }) => id));
    for (const { record, change } of undone) takeBackCards(document.cards, record, change, there);
  });
}

function takeBackCards(
  cards: Record<string, Card>,
  record: ProviderRecord,
  change: ChangedEntry | undefined,
  there: ReadonlySet<string>,
): void {
  for (const keyId of record.keyIds) {
    const card = cards[keyId];
    if (card && 'importId' in card && card.importId === record.id) delete cards[keyId];
  }
  const { list, proxyRoot, action } = record;
  const { before, after } = changedIn(record);
  if (action !== 'edit') {
    // Other keys came into the entry since, or were there: what the undo takes from them, their cards say no more.
    const names = [record.providerName, ...(change?.before ? [labelOf(change.before)] : [])];
    if (change) updateCards(cards, change, proxyRoot, { names, modelsSince: record.at });
    return;
  }
  updateCards(cards, change ?? { list, before: after, after: before }, proxyRoot);
  const gone = Object.entries(record.cards ?? {}).filter(([keyId]) => there.has(keyId));
  restoreCards(cards, Object.fromEntries(gone));
}

/** The entry of a record, or of a step of an undo, before and after its write. */
export function changedIn({
  list,
  before,
  after,
}: Pick<ProviderRecord, 'list' | 'before' | 'after'>): ChangedEntry {
  const entryIn = (text: string | null): RedactedProvider | null =>
    text === null ? null : (parseJson(text) as RedactedProvider);
  return { list, before: entryIn(before), after: entryIn(after) };
}

/** Adds one notice about the records that were undone: of so many, and why the others were not. */
export async function noteUndone(
  ports: Ports,
  records: readonly ProviderRecord[],
  {
    of = records.length,
    failure,
    oursOnly = false,
  }: { of?: number; failure?: Failure | undefined; oursOnly?: boolean | undefined } = {},
): Promise<void> {
  const [first] = records;
  if (!first) return;
  await addNotice(ports, {
    keyId: first.key.id,
    keyName: first.key.name,
    outcome: {
      kind: 'undone',
      providerName: [...new Set(records.map(({ providerName }) => providerName))].join(', '),
      ...(first.action === 'edit' && { edit: true }),
      ...(oursOnly && { oursOnly }),
      ...(of > 1 && { count: records.length, of, ...(failure && { failure }) }),
    },
  });
}
