import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { judgeRecord, type Finding } from '../../core/undo/judge-record';
import type { ProviderRecord } from '../../storage/journal-schema';
import { openManagement, savedConnection } from '../cliproxyapi/open-management';
import { fingerprintsOf } from '../journal/entry-records';
import { whileAwake } from '../heartbeat';
import { isOpen, readProviderRecords } from '../journal/journal';
import type { Ports } from '../ports';
import { showRunning } from '../running';
import { concludeCutOff } from './conclude-cut-off';

/**
 * Finds out how imports ended that were cut off (worker stopped, browser closed, network gone): reads the lists once and
 * compares them with the journal. Writes nothing to the proxy. Returns the keys whose imports turned out written and
 * should be proved now.
 */
export async function recover(ports: Ports): Promise<{ keyId: string; importId: string }[]> {
  const records = await readProviderRecords(ports);
  const open = records.ok ? records.value.filter(isOpen) : [];
  await clearRunning(ports);
  if (!(await concernsPresentProxy(ports, open))) return [];
  const judged = await whileAwake(ports, async () => {
    for (const { id: importId, keyIds, total } of open) {
      await showRunning(ports, keyIds, { importId, stage: 'reading-back', served: 0, total: total ?? 0 });
    }
    const found = await judgeAll(ports, open);
    for (const { record, finding } of found) await concludeCutOff(ports, record, finding);
    for (const { keyIds } of open) await showRunning(ports, keyIds, null);
    return found;
  });
  return judged.flatMap(({ record, finding }) =>
    finding === 'written' && record.action === 'import'
      ? record.keyIds.map((keyId) => ({ keyId, importId: record.id }))
      : [],
  );
}

/** A page that was opened before this still shows what the last life of the worker was doing. */
async function clearRunning(ports: Ports): Promise<void> {
  const session = await ports.session.read();
  if (!session.ok || Object.keys(session.value.running).length === 0) return;
  await ports.session.change((document) => {
    document.running = {};
  });
  await ports.pages.notify();
}

/** What was written to another CLIProxyAPI cannot be looked for in this one: then nothing is asked. */
async function concernsPresentProxy(ports: Ports, open: readonly ProviderRecord[]): Promise<boolean> {
  const saved = await savedConnection(ports);
  return open.some(({ proxyRoot }) => !saved.ok || saved.value.url.root === proxyRoot);
}

/** A write that was on its way when the worker stopped is carried out all the same, once its key was checked. */
const ON_ITS_WAY_MS = 2_000;

interface Judged {
  record: ProviderRecord;
  finding: Finding;
}

/** One look; a second, later one before anything is called not written. */
async function judgeAll(ports: Ports, open: readonly ProviderRecord[]): Promise<Judged[]> {
  const first = await judgeOnce(ports, open);
  if (first.every(({ finding }) => finding !== 'not-written')) return first;
  await ports.clock.sleep(ON_ITS_WAY_MS);
  return judgeOnce(ports, open);
}

async function judgeOnce(ports: Ports, open: readonly ProviderRecord[]): Promise<Judged[]> {
  const management = await openManagement(ports);
  const config = management.ok ? await management.value.read() : management;
  return Promise.all(
    open.map(async (record) => ({
      record,
      // What was written to another CLIProxyAPI cannot be seen in this one.
      finding:
        config.ok && management.ok && management.value.url.root === record.proxyRoot
          ? await judge(ports, record, config.value)
          : ('unread' as const),
    })),
  );
}

async function judge(ports: Ports, record: ProviderRecord, config: ProxyConfig): Promise<Finding> {
  const list = selectList(config, record.list);
  const prints = list.ok ? await fingerprintsOf(ports, list.value.providers) : list;
  return list.ok && prints.ok ? judgeRecord(record, list.value.providers, prints.value) : 'unread';
}
