import { parseJson } from '../../core/json';
import { provedCard } from '../../core/cliproxyapi/proved-card';
import { servedModelsOf, type Provider } from '../../core/cliproxyapi/provider';
import { unasked } from '../../core/cliproxyapi/verdict';
import type { Finding } from '../../core/undo/judge-record';
import type { ProviderRecord } from '../../storage/journal-schema';
import { findImport, updateRecord } from '../history/journal';
import { updateCardsOf } from '../history/update-cards-of';
import type { Ports } from '../ports';
import { addNotice } from '../running';
import { changedIn, concludeUndo, noteUndone } from './conclude-undo';

/** Notes in journal, cards and a notice how an interrupted write ended. A record that could not be checked stays open. */
export async function concludeCutOff(ports: Ports, record: ProviderRecord, finding: Finding): Promise<void> {
  if (record.action === 'edit') return concludeEdit(ports, record, finding);
  if (finding === 'written') return concludeWritten(ports, record);
  if (finding !== 'unread') await updateRecord(ports, record.id, closedAs(finding));
  // An undo that was not written leaves the import and its card as they were.
  if (record.action === 'undo' && finding === 'not-written') return;
  await setCard(ports, record, finding);
  if (finding !== 'unread') await announce(ports, record, finding);
}

/** A write that no list shows may be on its way yet: it is looked for again. */
const closedAs = (finding: Exclude<Finding, 'unread'>): Pick<ProviderRecord, 'phase' | 'unseen'> =>
  finding === 'written' ? { phase: 'done' } : { phase: finding, unseen: finding === 'not-written' };

async function concludeWritten(ports: Ports, record: ProviderRecord): Promise<void> {
  await updateRecord(ports, record.id, closedAs('written'));
  if (record.action === 'import') await setUnproved(ports, record);
  const undone = await findImport(ports, record.undoes);
  if (!undone) return;
  const { id: undoId, oursOnly } = record;
  await concludeUndo(ports, [{ record: undone, undoId, oursOnly, change: changedIn(record) }]);
  await noteUndone(ports, [undone], { oursOnly });
}

/** An edit has no card of its own: the history shows how it ended, and a notice says it once. */
async function concludeEdit(ports: Ports, record: ProviderRecord, finding: Finding): Promise<void> {
  if (finding === 'unread') return;
  await updateRecord(ports, record.id, closedAs(finding));
  if (finding !== 'written') return announce(ports, record, finding);
  await updateCardsOf(ports, new Map([[record.id, changedIn(record)]]), record.proxyRoot);
}

const announce = (
  ports: Ports,
  { action, key }: ProviderRecord,
  finding: 'not-written' | 'needs-look',
): Promise<void> =>
  addNotice(ports, {
    keyId: key.id,
    keyName: key.name,
    outcome: { kind: 'interrupted', finding, ...(action === 'edit' && { edit: true }) },
  });

/** The card of a write that is not proved yet: the proof may fail, and until then the card says what is known. */
async function setUnproved(ports: Ports, record: ProviderRecord): Promise<void> {
  const { id: importId, providerName, list, proxyRoot: root, draft, after } = record;
  const expected = draft
    ? draft.models.map(({ name, alias }) => ({ name, alias }))
    : servedModelsOf(parseJson(after ?? '{}') as Provider);
  const card = provedCard(unasked(expected), { importId, providerName, list, root, at: ports.clock.now() });
  await ports.saved.change(({ cards }) => {
    for (const keyId of record.keyIds) cards[keyId] = card;
  });
}

async function setCard(
  ports: Ports,
  { id: importId, keyIds, proxyRoot: root }: ProviderRecord,
  finding: Exclude<Finding, 'written'>,
): Promise<void> {
  const card = { kind: 'interrupted', importId, finding, root, at: ports.clock.now() } as const;
  await ports.saved.change(({ cards }) => {
    for (const keyId of keyIds) cards[keyId] = card;
  });
}
