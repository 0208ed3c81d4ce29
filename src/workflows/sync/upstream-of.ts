import { relayIdentity } from '../../core/base-url';
import type { Channel } from '../../core/channels/channel';
import { leadsToSite } from '../../core/channels/desired-channel';
import { fail, ok, type Result } from '../../core/failures/result';
import { readChannel } from '../../targets/new-api/read-channel';
import { upstreamModels } from '../../targets/new-api/upstream-models';
import { findKey } from '../accounts/find-key';
import { modelsOfKey } from '../channel-import/open-channel-import';
import { openNewApi, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';

/** The names that the relay behind one channel lists now; writes nothing. */
export async function readUpstream(
  ports: Ports,
  newApiId: string,
  channelId: number,
  signal: AbortSignal,
): Promise<Result<string[]>> {
  const client = await openNewApi(ports, newApiId);
  if (!client.ok) return client;
  const channel = await client.value.call((http, site) => readChannel(http, site, channelId));
  return channel.ok ? listedFor(ports, client.value, channel.value, signal) : channel;
}

/** What the upstream lists: as the server finds it with the key that it holds, or as we do with the key it is made for. */
export async function listedFor(
  ports: Ports,
  client: NewApiClient,
  channel: Channel,
  signal: AbortSignal,
): Promise<Result<string[]>> {
  // What the site serves itself would be proposed to a channel that only leads back to it.
  if (leadsToSite(channel.baseUrl, client.newApi.siteUrl))
    return fail({ code: 'channel-own-site', host: client.host });
  const listed = await client.call((http, site, dialect) =>
    upstreamModels(http, site, dialect, channel.id, signal),
  );
  if (listed.ok || listed.failure.code !== 'channel-feature') return listed;
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const link = saved.value.channelLinks.find(
    ({ newApiId, channelId }) => newApiId === client.newApi.id && channelId === channel.id,
  );
  const key = link ? await findKey(ports, link.keyId) : undefined;
  // A number of old, or a channel that was turned to another relay: its models are not those of our key.
  const ours = key?.ok && relayIdentity(key.value.address) === relayIdentity(channel.baseUrl);
  if (!ours) return fail(listed.failure);
  const models = await modelsOfKey(ports, key.value, signal);
  return models.ok ? ok(models.value.names) : models;
}
