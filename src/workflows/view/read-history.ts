import { hostOf } from '../../core/base-url';
import { isCutOff } from '../../core/channels/settle-records';
import { ok, type Result } from '../../core/failures/result';
import { gatherBatches } from '../../core/history/gather-batches';
import { gatherChannels } from '../../core/history/gather-channels';
import type {
  ChannelHistoryItem,
  HistoryItem,
  HistoryKey,
  ProviderHistoryItem,
} from '../../core/history/history';
import type { ChannelRecord, JournalRecord, ProviderRecord } from '../../storage/journal-schema';
import { allKeys } from '../accounts/find-key';
import { nameOf, rootOf } from '../connection/proxies';
import type { Ports } from '../ports';

/** Everything that was written and is still remembered, newest first; a batch is one line. */
export async function readHistory(ports: Ports): Promise<Result<HistoryItem[]>> {
  const [journal, saved] = [await ports.journal.read(), await ports.saved.read()];
  const all = await ports.everywhere.saved.read();
  if (!journal.ok) return journal;
  if (!saved.ok) return saved;
  if (!all.ok) return all;
  const proxies = new Map(all.value.proxies.map((proxy) => [rootOf(proxy), nameOf(proxy)]));
  const names = new Map(saved.value.newApis.map(({ id, name }) => [id, name]));
  const now = ports.clock.now();
  const keys = new Map(allKeys(saved.value).map(({ id, name, mask }) => [id, { name, mask }]));
  const { records } = journal.value;
  const items: HistoryItem[] = [
    ...gatherBatches(
      records.flatMap((record) => (record.about === 'provider' ? [providerItem(record, keys, proxies)] : [])),
      [...proxies.values()],
    ),
    ...gatherChannels(
      records.flatMap((record) => (record.about === 'channel' ? [channelItem(record, names, now)] : [])),
    ),
  ];
  return ok(items.toSorted((a, b) => b.at - a.at));
}

const lineOf = ({ id, at, key, undoneAt }: JournalRecord) => ({
  id,
  at,
  keyId: key.id,
  keyName: key.name,
  mask: key.mask,
  undoneAt,
});

function providerItem(
  record: ProviderRecord,
  known: ReadonlyMap<string, HistoryKey>,
  proxies: ReadonlyMap<string, string>,
): ProviderHistoryItem {
  const { about, action, phase, batch, batchKeys, relayName, providerName } = record;
  const { changes, served, total, tookMs, oursOnly } = record;
  const calledAt = (root: string): string => proxies.get(root) ?? hostOf(root);
  const proxyHost = calledAt(record.proxyRoot);
  const from = record.from !== undefined && { from: calledAt(record.from) };
  const keys = record.keyIds.map((id) => known.get(id) ?? { name: null, mask: '' });
  const line = { ...lineOf(record), about, action, phase, batch, keys, relayName, proxyHost, providerName };
  const more = { ...(batchKeys !== undefined && { batchKeys }), ...(oursOnly && { oursOnly }) };
  return { ...line, ...more, ...from, changes, served, total, tookMs };
}

/** A write that was cut off wants a look until a list tells how it ended. */
function channelItem(
  record: ChannelRecord,
  names: ReadonlyMap<string, string>,
  now: number,
): ChannelHistoryItem {
  const { about, action, batch, newApiId, channelId, channelName, changes } = record;
  const host = hostOf(record.siteUrl);
  const phase = isCutOff(record, now) ? 'needs-look' : record.phase;
  const undoable = phase === 'done' && action !== 'delete' && !record.final && names.has(newApiId);
  const line = { ...lineOf(record), about, action, phase, batch, host, channelId, channelName };
  return { ...line, newApiName: names.get(newApiId) || host, changes, undoable };
}
