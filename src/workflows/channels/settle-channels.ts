import { settleRecords } from '../../core/channels/settle-records';
import { ok, type Result } from '../../core/result';
import type { NewApi } from '../../storage/channel-schema';
import type { ChannelRecord } from '../../storage/journal-schema';
import type { ChannelList } from '../../targets/new-api/list-channels';
import type { Ports } from '../ports';
import { readChannelRecords, updateChannelRecords } from './journal';
import { linkChannel } from './link-channel';

/** Notes what a fresh list (addresses without user and password) tells of writes whose answer never came. */
export async function settleChannels(
  ports: Pick<Ports, 'journal' | 'saved' | 'clock'>,
  { id: newApiId, siteUrl }: Pick<NewApi, 'id' | 'siteUrl'>,
  list: ChannelList,
): Promise<Result<true>> {
  const all = await readChannelRecords(ports);
  if (!all.ok) return all;
  // The same number means another channel at another site.
  const records = all.value.filter((record) => record.newApiId === newApiId && record.siteUrl === siteUrl);
  const findings = settleRecords(records, list, ports.clock.now());
  if (findings.size === 0) return ok(true);
  const settled = new Map<string, Partial<ChannelRecord>>(findings);
  for (const { id, action, key } of records) {
    const { phase, channelId } = findings.get(id) ?? {};
    if (phase !== 'done' || typeof channelId !== 'number' || !key.id) continue;
    const linked = await linkChannel(ports, {
      newApiId,
      channelId,
      keyId: key.id,
      made: action === 'create',
    });
    if (linked.ok && linked.value) settled.set(id, { ...findings.get(id), linked: true });
  }
  const saved = await updateChannelRecords(ports, settled);
  return saved.ok ? ok(true) : saved;
}
