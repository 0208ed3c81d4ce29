import type { SeenChannel } from '../../core/channels/channel';
import type { ChannelResult } from '../../core/channels/view';
import { fail, ok, type Result } from '../../core/failures/result';
import { withoutChannels } from '../../core/sync/channel-sync';
import { deleteChannel, deleteMany } from '../../targets/new-api/delete-channels';
import { readChannel } from '../../targets/new-api/read-channel';
import { mayHaveArrived } from '../../targets/new-api/write-trail';
import { changeChannels, changeNewApi, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { changeThere, stillThere, type Shown } from './change-shown';
import { openChannelRecords, phaseOf, updateChannelRecords, type NewChannelRecord } from './journal';

/**
 * Deletes channels, one result each, and only those that are what the page showed. Their keys are with the server only:
 * this cannot be undone, and is journaled so.
 */
export const deleteChannels = (
  ports: Ports,
  newApiId: string,
  shown: Shown,
  signal: AbortSignal,
): Promise<Result<ChannelResult[]>> =>
  changeChannels(ports, newApiId, signal, async (client) => {
    const there = await stillThere(client, shown);
    if (!there.ok) return there;
    const records = there.value.same.map(({ id, name }): NewChannelRecord & { channelId: number } => ({
      id: ports.ids.next(),
      action: 'delete',
      channelId: id,
      channelName: name,
      before: null,
      after: {},
      changes: [],
    }));
    const journaled = await openChannelRecords(ports, client, records);
    if (!journaled.ok) return journaled;
    const results = await changeThere(ports, client, there.value, signal, {
      sendMany:
        client.dialect.many.delete && ((ids) => client.call((http, site) => deleteMany(http, site, ids))),
      sendOne: (channel) => removeOne(client, channel),
      done: (channel) => channel === undefined,
    });
    const ends = new Map(results.map((result) => [result.channelId, result]));
    await updateChannelRecords(
      ports,
      new Map(records.map(({ id, channelId }) => [id, { phase: phaseOf(ends.get(channelId)) }])),
    );
    const isGone = (channelId: number): boolean => ends.get(channelId)?.kind === 'done';
    await changeNewApi(ports, newApiId, (newApi, saved) => {
      newApi.sync = withoutChannels(newApi.sync, isGone);
      saved.channelLinks = saved.channelLinks.filter(
        (link) => link.newApiId !== newApi.id || !isGone(link.channelId),
      );
    });
    return ok(results);
  });

/** Deletes, and looks whether it is gone, also where the answer got lost. */
export async function removeOne(
  client: NewApiClient,
  { id, name }: Pick<SeenChannel, 'id' | 'name'>,
): Promise<Result<null>> {
  const removed = await client.call((http, site) => deleteChannel(http, site, id));
  if (!removed.ok && !mayHaveArrived(removed.failure)) return removed;
  const left = await client.call((http, site) => readChannel(http, site, id));
  if (!left.ok && left.failure.code === 'channel-gone') return ok(null);
  if (!removed.ok) return removed;
  return fail(
    left.ok ? { code: 'channel-not-saved', name: left.value.name } : { code: 'channel-unread', name },
  );
}
