import { parseJson } from '../../core/json';
import { parseManagementUrl } from '../../core/cliproxyapi/management-url';
import { servedModelsOf, type Provider } from '../../core/cliproxyapi/provider';
import type { JournalRecord } from '../../storage/schema';
import type { ConfigRead } from '../../targets/cliproxyapi/management';
import { fingerprintsOf, isAlike, isOpen, redactedText, sameEntry, updateRecord } from '../journal/journal';
import { cardOf } from '../import/card';
import { listOf, openManagement } from '../cliproxyapi/open-management';
import { unasked } from '../cliproxyapi/prove';
import { addNotice, showRunning } from '../running';
import { changedIn, concludeUndo, noteUndone } from './undo-import';
import { updateCards } from '../../core/cliproxyapi/update-cards';
import type { World } from '../ports';

export type Finding = 'written' | 'not-written' | 'needs-look' | 'unread';

/**
 * What became of imports that were cut off (worker stopped, browser closed, network gone): reads the list once and
 * compares it with the journal. Writes nothing to the proxy. Returns the keys whose imports turned out written and
 * should be proved now.
 */
export async function recover(world: World): Promise<{ keyId: string; importId: string }[]> {
  const journal = await world.journal.read();
  const open = journal.ok ? journal.value.records.filter(isOpen) : [];
  const passing = await world.passing.read();
  if (passing.ok && Object.keys(passing.value.running).length > 0) {
    await world.passing.change((document) => {
      document.running = {};
    });
    // A page that was opened before this still shows what the last life of the worker was at.
    await world.pulse.changed();
  }
  if (!(await concernsPresentProxy(world, open))) return [];
  await world.pulse.keepAwake(true);
  for (const { id: importId, keyId, keyIds, total } of open) {
    await showRunning(world, keyIds ?? [keyId], {
      importId,
      stage: 'reading-back',
      served: 0,
      total: total ?? 0,
    });
  }
  const toProve: { keyId: string; importId: string }[] = [];
  for (const { record, finding } of await judgeAll(world, open)) {
    await conclude(world, record, finding);
    if (finding === 'written' && record.action === 'import') {
      for (const keyId of record.keyIds ?? [record.keyId]) toProve.push({ keyId, importId: record.id });
    }
  }
  for (const { keyId, keyIds } of open) await showRunning(world, keyIds ?? [keyId], null);
  await world.pulse.keepAwake(false);
  return toProve;
}

/** What was written to another CLIProxyAPI cannot be looked for in this one: then nothing is asked. */
async function concernsPresentProxy(world: World, open: readonly JournalRecord[]): Promise<boolean> {
  const kept = await world.kept.read();
  const address = kept.ok ? kept.value.connection?.address : undefined;
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
async function judgeAll(world: World, open: readonly JournalRecord[]): Promise<Judged[]> {
  const first = await judgeOnce(world, open);
  if (first.every(({ finding }) => finding !== 'not-written')) return first;
  await world.clock.sleep(ON_ITS_WAY_MS);
  return judgeOnce(world, open);
}

async function judgeOnce(world: World, open: readonly JournalRecord[]): Promise<Judged[]> {
  const management = await openManagement(world);
  const config = management.ok ? await management.value.read() : management;
  return Promise.all(
    open.map(async (record) => ({
      record,
      // What was written to another CLIProxyAPI cannot be seen in this one.
      finding:
        config.ok && management.ok && management.value.url.root === record.proxyRoot
          ? await judgeRecord(world, record, config.value)
          : ('unread' as const),
    })),
  );
}

async function judgeRecord(world: World, record: JournalRecord, config: ConfigRead): Promise<Finding> {
  const list = listOf(config, record.family ?? 'openai-compatibility');
  if (!list.ok) return 'unread';
  const { providers } = list.value;
  const fingerprints = await fingerprintsOf(world, providers);
  if (!fingerprints.ok) return 'unread';
  const count = (text: string): number =>
    providers.filter((provider) => sameEntry(redactedText(provider, fingerprints.value), text)).length;
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

async function conclude(world: World, record: JournalRecord, finding: Finding): Promise<void> {
  if (record.action === 'edit') return concludeEdit(world, record, finding);
  if (finding === 'unread') {
    await setCard(world, record, finding);
    return;
  }
  if (finding === 'written') {
    await updateRecord(world, record.id, { phase: 'done' });
    if (record.action === 'import') await setUnproved(world, record);
    const journal = await world.journal.read();
    const undone = journal.ok && journal.value.records.find(({ id }) => id === record.undoes);
    if (undone) {
      await concludeUndo(world, undone, record.id);
      await noteUndone(world, [undone]);
    }
    return;
  }
  await updateRecord(world, record.id, { phase: finding });
  // An undo that did not come about leaves the import as it was, and its card with it.
  if (record.action === 'undo' && finding === 'not-written') return;
  await setCard(world, record, finding);
  await addNotice(world, {
    keyId: record.keyId,
    keyName: record.keyName,
    outcome: { kind: 'interrupted', finding },
  });
}

/** A change that was cut off has no card of its own: what became of it stands in the history, and is said once. */
async function concludeEdit(world: World, record: JournalRecord, finding: Finding): Promise<void> {
  if (finding === 'unread') return;
  await updateRecord(world, record.id, { phase: finding === 'written' ? 'done' : finding });
  if (finding === 'written') {
    await world.kept.change((document) =>
      updateCards(document.cards, changedIn(record, 'forth'), record.proxyRoot),
    );
    return;
  }
  const { keyId, keyName } = record;
  await addNotice(world, { keyId, keyName, outcome: { kind: 'interrupted', finding, edit: true } });
}

/** Written, and not asked about yet: asking may fail, and the card must say what is known until then. */
async function setUnproved(world: World, record: JournalRecord): Promise<void> {
  const expected = record.draft
    ? record.draft.models.map(({ name, alias }) => ({ name, alias }))
    : servedModelsOf(parseJson(record.after ?? '{}') as Provider);
  const about = {
    importId: record.id,
    providerName: record.providerName,
    root: record.proxyRoot,
    at: world.clock.now(),
  };
  await world.kept.change((document) => {
    for (const keyId of record.keyIds ?? [record.keyId])
      document.cards[keyId] = cardOf(unasked(expected), about);
  });
}

async function setCard(
  world: World,
  record: JournalRecord,
  finding: 'not-written' | 'needs-look' | 'unread',
): Promise<void> {
  await world.kept.change((document) => {
    for (const keyId of record.keyIds ?? [record.keyId]) {
      document.cards[keyId] = {
        kind: 'interrupted',
        importId: record.id,
        finding,
        root: record.proxyRoot,
        at: world.clock.now(),
      };
    }
  });
}
