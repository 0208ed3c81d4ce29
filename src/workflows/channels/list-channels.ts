import { shownUrl } from '../../core/base-url';
import type { Channel } from '../../core/channels/channel';
import { settleRecords } from '../../core/channels/settle-records';
import type { ChannelsView } from '../../core/channels/view';
import { fail, ok, type Result } from '../../core/failures/result';
import { listChannels as askList, type ChannelList } from '../../targets/new-api/list-channels';
import { readRights } from '../../targets/new-api/read-rights';
import type { NewApi } from '../../storage/channel-schema';
import type { ChannelRecord } from '../../storage/journal-schema';
import { readChannelRecords, updateChannelRecords } from './journal';
import { linkChannel } from './link-channel';
import type { Ports } from '../ports';
import { openNewApi, type NewApiPorts, type NewApiClient } from '../new-api/new-api-client';

/** All channels of a New API, as pages see them. */
export async function listChannels(
  ports: NewApiPorts & Pick<Ports, 'journal'>,
  newApiId: string,
  signal?: AbortSignal,
): Promise<Result<ChannelsView>> {
  const client = await openNewApi(ports, newApiId);
  if (!client.ok) return client;
  const list = await readAll(client.value, signal);
  if (!list.ok) return list;
  const { more } = list.value;
  const channels = list.value.channels.map(shownChannel);
  const settled = await settleChannels(ports, client.value.newApi, { channels, more });
  if (!settled.ok) return settled;
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const links = saved.value.channelLinks.filter(({ newApiId: id, made }) => id === newApiId && made);
  const keys = Object.fromEntries(links.map(({ channelId, keyId }) => [channelId, keyId]));
  const { gemini, tags, testModel, chains } = client.value.dialect;
  return ok({ newApiId, channels, more, keys, site: { gemini, tags, testModel, chains } });
}

/** An address may hold a user and a password. */
export function shownChannel(channel: Channel): Channel {
  const baseUrl = shownUrl(channel.baseUrl);
  return { ...channel, baseUrl, ...(baseUrl !== channel.baseUrl && { addressHidden: true }) };
}

/** The list; where older servers refuse it in words only, the account says whether that is about its rights. */
export async function readAll(client: NewApiClient, signal?: AbortSignal): Promise<Result<ChannelList>> {
  const list = await client.call((http, site) => askList(http, site, signal));
  if (list.ok || list.failure.code !== 'relay-refusal') return list;
  const rights = await client.call((http, site) => readRights(http, site, client.newApi.userId));
  if (!rights.ok || rights.value.admin) return list;
  return fail({ code: 'channel-no-admin', host: client.host });
}

/** Notes what a fresh list (addresses without user and password) tells of writes whose answer never came. */
async function settleChannels(
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
