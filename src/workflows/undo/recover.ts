import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { isNews, judgeLate, judgeRecord, type Finding } from '../../core/undo/judge-record';
import { lookedFor } from '../../core/undo/looked-for';
import type { ProviderRecord } from '../../storage/journal-schema';
import { rootOf } from '../connection/proxies';
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
 * now. To be called at the start of a life of the worker.
 */
export async function recover(ports: Ports): Promise<Written[]> {
  await clearRunning(ports);
  return lookAgain(ports, new AbortController().signal, true);
}

/**
 * The same at any later moment, once no change of the proxy is under way. Says nothing new unless something was found.
 * `shown`: the cards show that their writes are looked for.
 */
export async function lookAgain(ports: Ports, signal: AbortSignal, shown = false): Promise<Written[]> {
  const saved = await savedConnection(ports);
  const root = saved.ok ? saved.value.url.root : '';
  const others = await rootsOfOthers(ports, root);
  const unfinished = async (): Promise<ProviderRecord[]> =>
    (await readUnfinished(ports)).filter(({ proxyRoot }) => !others.has(proxyRoot));
  // Writes to a CLIProxyAPI that is none of the user's any more cannot be checked.
  const concerns = ({ proxyRoot }: ProviderRecord): boolean => (saved.ok ? proxyRoot === root : shown);
  if (!(await unfinished()).some(concerns)) return [];
  const looked = await whileAwake(ports, () =>
    ports.locks.hold(`write ${root}`, signal, async () => {
      // What was under way has ended meanwhile.
      const records = await unfinished();
      const open = shown ? records.filter(isOpen) : [];
      for (const { id: importId, keyIds, total } of open)
        await showRunning(ports, keyIds, { importId, stage: 'reading-back', served: 0, total: total ?? 0 });
      const judged = await judgeAll(ports, records);
      const found = judged.filter(
        ({ record, finding }) => (shown && isOpen(record)) || isNews(isOpen(record), finding),
      );
      for (const { record, finding } of found) await concludeCutOff(ports, record, finding);
      for (const { keyIds } of open) await showRunning(ports, keyIds, null);
      if (found.length > 0) await ports.pages.notify();
      return found;
    }),
  );
  return (looked?.value ?? []).flatMap(({ record, finding }) =>
    finding === 'written' && record.action === 'import'
      ? record.keyIds.map((keyId) => ({ keyId, importId: record.id }))
      : [],
  );
}

/** The addresses of the user's other CLIProxyAPIs, which look after their own. */
async function rootsOfOthers(ports: Ports, own: string): Promise<ReadonlySet<string>> {
  const saved = await ports.everywhere.saved.read();
  const roots = saved.ok ? saved.value.proxies.map(rootOf) : [];
  return new Set(roots.filter((root) => root !== own));
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

/** A request in flight when the worker stopped is still carried out. */
const ON_ITS_WAY_MS = 2_000;

/** A key whose import was found in the list. */
interface Written {
  keyId: string;
  importId: string;
}

interface Judged {
  record: ProviderRecord;
  finding: Finding;
}

/** Reads once; reads a second time, later, before it calls anything not written. */
async function judgeAll(ports: Ports, open: readonly ProviderRecord[]): Promise<Judged[]> {
  const first = await judgeOnce(ports, open);
  if (!first.some(({ record, finding }) => finding === 'not-written' && isOpen(record))) return first;
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
  return list.ok && prints.ok
    ? (isOpen(record) ? judgeRecord : judgeLate)(record, list.value.providers, prints.value)
    : 'unread';
}

async function readUnfinished(ports: Ports): Promise<ProviderRecord[]> {
  const records = await readProviderRecords(ports);
  return records.ok ? lookedFor(records.value, ports.clock.now()) : [];
}
