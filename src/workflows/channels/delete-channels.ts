import type { SeenChannel } from '../../core/channels/channel';
import type { ChannelResult } from '../../core/channels/view';
import { fail, ok, type Result } from '../../core/result';
import { deleteChannel, deleteMany } from '../../targets/new-api/delete-channels';
import { readChannel } from '../../targets/new-api/read-channel';
import { mayHaveArrived } from '../../targets/new-api/write-trail';
import type { ChannelRecord } from '../../storage/journal-schema';
import { NO_KEY, openChannelRecords, updateChannelRecords } from './journal';
import { eachChannel } from './each-channel';
import { manyAtOnce } from './many-channels';
import { changeChannels, changeNewApi, type NewApiPorts, type NewApiClient } from '../new-api/new-api-client';
import { inOrder, stillThere, type Shown, type StillThere } from './still-there';
import type { Ports } from '../ports';

type Needs = NewApiPorts & Pick<Ports, 'locks' | 'journal' | 'ids'>;

/**
 * Deletes channels, one result each, and only those that are what the page showed. Their keys are with the server only:
 * this cannot be undone, and is journaled so.
 */
export const deleteChannels = (
  ports: Needs,
  newApiId: string,
  shown: Shown,
  signal: AbortSignal,
): Promise<Result<ChannelResult[]>> =>
  changeChannels(ports, newApiId, signal, async (client) => {
    const there = await stillThere(client, shown);
    if (!there.ok) return there;
    const { same, others } = there.value;
    const records = same.map((channel) => ({ ...channel, record: ports.ids.next() }));
    const journaled = await openChannelRecords(ports, records.map(recordFor(client)));
    if (!journaled.ok) return journaled;
    const results = await removeAll(ports, client, there.value, signal);
    const phases = new Map(results.map((result) => [result.channelId, phaseOf(result)]));
    await updateChannelRecords(
      ports,
      new Map(records.map(({ id, record }) => [record, { phase: phases.get(id) ?? 'not-written' }])),
    );
    const gone = new Set(results.filter(({ kind }) => kind === 'done').map(({ channelId }) => channelId));
    await changeNewApi(ports, newApiId, (newApi, saved) => {
      saved.channelLinks = saved.channelLinks.filter(
        (link) => link.newApiId !== newApi.id || !gone.has(link.channelId),
      );
    });
    return ok(inOrder(shown, [...others, ...results]));
  });

/** A failure leaves it open that the channel is gone, unless the server refused, or still shows it. */
function phaseOf(result: ChannelResult): ChannelRecord['phase'] {
  if (result.kind !== 'failed') return result.kind === 'done' ? 'done' : 'not-written';
  const { failure } = result;
  return failure.code === 'channel-unread' || mayHaveArrived(failure) ? 'needs-look' : 'not-written';
}

const recordFor =
  ({ newApi }: NewApiClient) =>
  ({ id, name, record }: { id: number; name: string; record: string }) => ({
    id: record,
    action: 'delete' as const,
    newApiId: newApi.id,
    siteUrl: newApi.siteUrl,
    key: NO_KEY,
    channelId: id,
    channelName: name,
    above: 0,
    before: null,
    after: {},
    changes: [],
  });

async function removeAll(
  ports: Needs,
  client: NewApiClient,
  { same, count }: StillThere,
  signal: AbortSignal,
): Promise<ChannelResult[]> {
  const many =
    client.dialect.many.delete && same.length > 1
      ? await manyAtOnce(ports, client, same, signal, {
          send: (ids) => client.call((http, site) => deleteMany(http, site, ids)),
          done: (channel) => channel === undefined,
          count,
        })
      : undefined;
  const names = new Map(same.map(({ id, name }) => [id, name]));
  return (
    many ??
    eachChannel(ports, [...names.keys()], signal, (id) => removeOne(client, { id, name: names.get(id)! }))
  );
}

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
