import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { layoutOf } from '../../core/connection/layout';
import type { RestoreOutcome } from '../../core/connection/restore-outcome';
import { judgeRecord } from '../../core/undo/judge-record';
import type { ProviderRecord } from '../../storage/journal-schema';
import type { FileBefore } from '../../storage/schema';
import { putConfigFile } from '../../targets/cliproxyapi/put-config-file';
import { readConfigFile } from '../../targets/cliproxyapi/read-config';
import { changeProxy } from '../cliproxyapi/change-proxy';
import { restAfterWrite, waitForCooldown } from '../cliproxyapi/cooldown';
import { dropFile, keptFile } from '../cliproxyapi/keep-file';
import { SETTLE_MS } from '../cliproxyapi/write-change';
import type { Management } from '../connection/open-management';
import { fingerprintsOf } from '../history/entry-records';
import { openRecords, readProviderRecords, updateRecords } from '../history/journal';
import type { Ports } from '../ports';
import { failed, stagesOf } from '../running';
import { changedIn, concludeUndo, noteUndone } from './conclude-undo';
import { undoRecord } from './undo-list';

interface Restore {
  ports: Ports;
  kept: FileBefore & { root: string };
  /** What the change that converted the file wrote, all of which goes. */
  records: readonly ProviderRecord[];
  show: ReturnType<typeof stagesOf>;
  signal: AbortSignal;
}

/**
 * Puts config.yaml back as it was before the change that converted it, and with it takes back all that the change wrote.
 * Fails with `file-changed`, and writes nothing, where anybody has written into the file since.
 */
export async function restoreFile(ports: Ports, signal: AbortSignal): Promise<RestoreOutcome> {
  const [kept, all] = [await keptFile(ports), await readProviderRecords(ports)];
  if (!all.ok) return failed(all.failure);
  const records = all.value.filter(
    ({ id, batch, proxyRoot, action, phase }) =>
      (id === kept?.workId || batch === kept?.workId) &&
      proxyRoot === kept?.root &&
      action !== 'undo' &&
      phase !== 'undone' &&
      phase !== 'not-written',
  );
  if (!kept || records.length === 0) return failed({ code: 'file-changed' });
  const keyIds = records.flatMap((record) => record.keyIds);
  const restore = { ports, kept, records, show: stagesOf(ports, keyIds, kept.workId), signal };
  return changeProxy<RestoreOutcome>(
    ports,
    { show: restore.show, signal, conclude: async () => undefined },
    (management) => putBack(restore, management),
  );
}

async function putBack(restore: Restore, management: Management): Promise<RestoreOutcome> {
  const { ports, kept, records, show, signal } = restore;
  await waitForCooldown({ ports, signal, showStage: show });
  await show('reading');
  const config = await management.read(signal);
  if (!config.ok) return failed(config.failure);
  if (config.value.ofFile) {
    await dropFile(ports, kept.root);
    return failed({ code: 'feature-missing', text: '' });
  }
  const before = await readConfigFile(management.send);
  if (!(await isAsLeft(restore, before))) {
    if (before !== undefined) await dropFile(ports, kept.root);
    return failed({ code: 'file-changed' });
  }
  if (signal.aborted) return failed({ code: 'cancelled' });
  const undos = records.map((record) => ({ record, undoId: ports.ids.next() }));
  const at = ports.clock.now();
  const opened = undos.map(({ record, undoId }) => ({
    ...undoRecord(record, undoId, at, record.alike),
    ...turned(record),
  }));
  const journaled = await openRecords(ports, opened);
  if (!journaled.ok) return failed(journaled.failure);
  const note = (change: Pick<ProviderRecord, 'phase' | 'unseen'>): Promise<unknown> =>
    updateRecords(ports, new Map(undos.map(({ undoId }) => [undoId, change])));
  await show('writing');
  const written = await putConfigFile(management.send, management.url.host, kept.text, signal);
  await restAfterWrite(ports, false);
  await note({ phase: 'written' });
  await show('reading-back');
  const file = await readConfigFile(management.send);
  if (!written.ok && (await isAsLeft(restore, file))) {
    // What was not refused may arrive yet.
    await note({ phase: 'not-written', unseen: written.failure.code !== 'rejected' });
    return failed(written.failure);
  }
  // The records stay open: the lists are looked at again.
  if (file === undefined || !(await isServed(ports, management, opened)))
    return failed({ code: 'outcome-unknown' });
  await concludeUndo(
    ports,
    undos.map((undo) => ({ ...undo, change: changedIn({ list: undo.record.list, ...turned(undo.record) }) })),
  );
  await noteUndone(ports, records);
  await dropFile(ports, kept.root);
  return { kind: 'restored', converted: layoutOf(file) === 'new' };
}

/** The entry of a record the other way round. */
const turned = ({ before, after }: ProviderRecord): Pick<ProviderRecord, 'before' | 'after'> => ({
  before: after,
  after: before,
});

const isAsLeft = async ({ ports, kept }: Restore, file: string | undefined): Promise<boolean> =>
  file !== undefined && (await ports.hash.sha256(file)) === kept.left;

/** Waits until the lists are as they were. */
async function isServed(
  ports: Ports,
  management: Management,
  opened: readonly ProviderRecord[],
): Promise<boolean> {
  for (const wait of SETTLE_MS) {
    await ports.clock.sleep(wait);
    const config = await management.read();
    if (config.ok && (await areTakenBack(ports, config.value, opened))) return true;
  }
  return false;
}

async function areTakenBack(
  ports: Ports,
  config: ProxyConfig,
  opened: readonly ProviderRecord[],
): Promise<boolean> {
  for (const record of opened) {
    const list = selectList(config, record.list);
    const prints = list.ok ? await fingerprintsOf(ports, list.value.providers) : list;
    if (!list.ok || !prints.ok) return false;
    if (judgeRecord(record, list.value.providers, prints.value) !== 'written') return false;
  }
  return true;
}
