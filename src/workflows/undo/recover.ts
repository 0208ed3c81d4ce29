import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { judgeRecord, type Finding } from '../../core/undo/judge-record';
import type { ProviderRecord } from '../../storage/journal-schema';
import { openManagement, savedConnection } from '../connection/open-management';
import { fingerprintsOf } from '../history/entry-records';
import { whileAwake } from '../heartbeat';
import { isOpen, readProviderRecords } from '../history/journal';
import type { Ports } from '../ports';
import { showRunning } from '../running';
import { concludeCutOff } from './conclude-cut-off';

/**
 * Finds out how interrupted imports ended (worker stopped, browser closed, network gone): reads the lists and compares
 * them with the journal. Writes nothing to the proxy. Returns the keys whose imports were written and should be proved
 * now.
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

/** An open page still shows the work of the worker's last life. */
async function clearRunning(ports: Ports): Promise<void> {
  const session = await ports.session.read();
  if (!session.ok || Object.keys(session.value.running).length === 0) return;
  await ports.session.change((document) => {
    document.running = {};
  });
  await ports.pages.notify();
}

/** Whether a record is about the configured CLIProxyAPI: writes to another one cannot be checked here. */
async function concernsPresentProxy(ports: Ports, open: readonly ProviderRecord[]): Promise<boolean> {
  const saved = await savedConnection(ports);
  return open.some(({ proxyRoot }) => !saved.ok || saved.value.url.root === proxyRoot);
}

/** A request in flight when the worker stopped is still carried out. */
const ON_ITS_WAY_MS = 2_000;

interface Judged {
  record: ProviderRecord;
  finding: Finding;
}

/** Reads once; reads a second time, later, before it calls anything not written. */
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
