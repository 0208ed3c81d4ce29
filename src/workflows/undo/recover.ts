import { parseJson } from '../../core/json';
import { parseManagementUrl } from '../../core/cliproxyapi/management-url';
import { servedModelsOf, type Provider } from '../../core/cliproxyapi/provider';
import type { JournalRecord } from '../../storage/schema';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { countSame, isAlike } from '../../core/cliproxyapi/same-entry';
import { fingerprintsOf, isOpen, updateRecord } from '../journal/journal';
import { provedCard } from '../../core/cliproxyapi/proved-card';
import { unasked } from '../../core/cliproxyapi/verdict';
import { selectList } from '../../core/cliproxyapi/provider-list';
import { openManagement } from '../cliproxyapi/open-management';
import { addNotice, showRunning } from '../running';
import { changedIn, concludeUndo, noteUndone } from './undo-import';
import { updateCards } from '../../core/cliproxyapi/update-cards';
import type { Ports } from '../ports';

export type Finding = 'written' | 'not-written' | 'needs-look' | 'unread';

/**
 * What became of imports that were cut off (worker stopped, browser closed, network gone): reads the list once and
 * compares it with the journal. Writes nothing to the proxy. Returns the keys whose imports turned out written and
 * should be proved now.
 */
export async function recover(ports: Ports): Promise<{ keyId: string; importId: string }[]> {
  const journal = await ports.journal.read();
  const open = journal.ok ? journal.value.records.filter(isOpen) : [];
  const session = await ports.session.read();
  if (session.ok && Object.keys(session.value.running).length > 0) {
    await ports.session.change((document) => {
      document.running = {};
    });
    // A page that was opened before this still shows what the last life of the worker was at.
    await ports.pages.notify();
  }
  if (!(await concernsPresentProxy(ports, open))) return [];
  await ports.keepAlive.set(true);
  for (const { id: importId, keyId, keyIds, total } of open) {
    await showRunning(ports, keyIds ?? [keyId], {
      importId,
      stage: 'reading-back',
      served: 0,
      total: total ?? 0,
    });
  }
  const toProve: { keyId: string; importId: string }[] = [];
  for (const { record, finding } of await judgeAll(ports, open)) {
    await conclude(ports, record, finding);
    if (finding === 'written' && record.action === 'import') {
      for (const keyId of record.keyIds ?? [record.keyId]) toProve.push({ keyId, importId: record.id });
    }
  }
  for (const { keyId, keyIds } of open) await showRunning(ports, keyIds ?? [keyId], null);
  await ports.keepAlive.set(false);
  return toProve;
}

/** What was written to another CLIProxyAPI cannot be looked for in this one: then nothing is asked. */
async function concernsPresentProxy(ports: Ports, open: readonly JournalRecord[]): Promise<boolean> {
  const saved = await ports.saved.read();
  const address = saved.ok ? saved.value.connection?.address : undefined;
  const url = address === undefined ? undefined : parseManagementUrl(address);
  return open.some(({ proxyRoot }) => !url?.ok || url.value.root === proxyRoot);
}

/** A write that was on its way when the worker stopped is carried out all the same, after its key was checked. */
const ON_ITS_WAY_MS = 2_000;

interface Judged {
  record: JournalRecord;
  finding: Finding;
}

/** One look; a second, later one before anything is called not written. */
async function judgeAll(ports: Ports, open: readonly JournalRecord[]): Promise<Judged[]> {
  const first = await judgeOnce(ports, open);
  if (first.every(({ finding }) => finding !== 'not-written')) return first;
  await ports.clock.sleep(ON_ITS_WAY_MS);
  return judgeOnce(ports, open);
}

async function judgeOnce(ports: Ports, open: readonly JournalRecord[]): Promise<Judged[]> {
  const management = await openManagement(ports);
  const config = management.ok ? await management.value.read() : management;
  return Promise.all(
    open.map(async (record) => ({
      record,
      // What was written to another CLIProxyAPI cannot be seen in this one.
      finding:
        config.ok && management.ok && management.value.url.root === record.proxyRoot
          ? await judgeRecord(ports, record, config.value)
          : ('unread' as const),
    })),
  );
}

async function judgeRecord(ports: Ports, record: JournalRecord, config: ProxyConfig): Promise<Finding> {
  const list = selectList(config, record.list ?? 'openai-compatibility');
  if (!list.ok) return 'unread';
  const { providers } = list.value;
  const fingerprints = await fingerprintsOf(ports, providers);
  if (!fingerprints.ok) return 'unread';
  const count = (text: string): number => countSame(providers, text, fingerprints.value);
  const present = (text: string): boolean => count(text) > 0;
  // Of equal entries only one goes.
  if (record.after === null)
    return record.before !== null && count(record.before) >= (record.alike ?? 1) ? 'not-written' : 'written';
  if (present(record.after)) return 'written';
  if (record.before !== null) return present(record.before) ? 'not-written' : 'needs-look';
  const after = parseJson(record.after) as Provider;
  const alike = providers.some((provider) => isAlike(provider, after, fingerprints.value));
  return alike ? 'needs-look' : 'not-written';
}

async function conclude(ports: Ports, record: JournalRecord, finding: Finding): Promise<void> {
  if (record.action === 'edit') return concludeEdit(ports, record, finding);
  if (finding === 'unread') {
    await setCard(ports, record, finding);
    return;
  }
  if (finding === 'written') {
    await updateRecord(ports, record.id, { phase: 'done' });
    if (record.action === 'import') await setUnproved(ports, record);
    const journal = await ports.journal.read();
    const undone = journal.ok && journal.value.records.find(({ id }) => id === record.undoes);
    if (undone) {
      await concludeUndo(ports, undone, record.id);
      await noteUndone(ports, [undone]);
    }
    return;
  }
  await updateRecord(ports, record.id, { phase: finding });
  // An undo that did not come about leaves the import as it was, and its card with it.
  if (record.action === 'undo' && finding === 'not-written') return;
  await setCard(ports, record, finding);
  await addNotice(ports, {
    keyId: record.keyId,
    keyName: record.keyName,
    outcome: { kind: 'interrupted', finding },
  });
}

/** A change that was cut off has no card of its own: what became of it stands in the history, and is said once. */
async function concludeEdit(ports: Ports, record: JournalRecord, finding: Finding): Promise<void> {
  if (finding === 'unread') return;
  await updateRecord(ports, record.id, { phase: finding === 'written' ? 'done' : finding });
  if (finding === 'written') {
    await ports.saved.change((document) =>
      updateCards(document.cards, changedIn(record, 'forth'), record.proxyRoot),
    );
    return;
  }
  const { keyId, keyName } = record;
  await addNotice(ports, { keyId, keyName, outcome: { kind: 'interrupted', finding, edit: true } });
}

/** Written, and not asked about yet: asking may fail, and the card must say what is known until then. */
async function setUnproved(ports: Ports, record: JournalRecord): Promise<void> {
  const expected = record.draft
    ? record.draft.models.map(({ name, alias }) => ({ name, alias }))
    : servedModelsOf(parseJson(record.after ?? '{}') as Provider);
  const about = {
    importId: record.id,
    providerName: record.providerName,
    root: record.proxyRoot,
    at: ports.clock.now(),
  };
  await ports.saved.change((document) => {
    for (const keyId of record.keyIds ?? [record.keyId])
      document.cards[keyId] = provedCard(unasked(expected), about);
  });
}

async function setCard(
  ports: Ports,
  record: JournalRecord,
  finding: 'not-written' | 'needs-look' | 'unread',
): Promise<void> {
  await ports.saved.change((document) => {
    for (const keyId of record.keyIds ?? [record.keyId]) {
      document.cards[keyId] = {
        kind: 'interrupted',
        importId: record.id,
        finding,
        root: record.proxyRoot,
        at: ports.clock.now(),
      };
    }
  });
}
