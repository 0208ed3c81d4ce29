import type { ChannelResult } from '../core/channel-view';
import { fail, ok, type Result } from '../core/result';
import { deleteChannel, deleteMany } from '../targets/new-api/delete-channels';
import { readChannel } from '../targets/new-api/read-channel';
import { openChannelRecords, updateChannelRecords } from './channel-journal';
import { eachChannel } from './each-channel';
import { manyAtOnce } from './many-channels';
import { changeNewApi, holdNewApi, openNewApi, type DoorNeeds, type NewApiDoor } from './new-api-door';
import type { World } from './world';

type Needs = DoorNeeds & Pick<World, 'locks' | 'journal' | 'ids'>;

/** Deletes channels, one result each. Their keys are with the server only: this cannot be undone, and is journaled so. */
export async function deleteChannels(
  world: Needs,
  newApiId: string,
  channels: readonly { id: number; name: string }[],
  signal: AbortSignal,
): Promise<Result<ChannelResult[]>> {
  const opened = await openNewApi(world, newApiId);
  if (!opened.ok) return opened;
  const door = opened.value;
  const held = await holdNewApi(world, door, signal, async () => {
    const records = channels.map((channel) => ({ ...channel, record: world.ids.next() }));
    const journaled = await openChannelRecords(world, records.map(recordFor(door)));
    if (!journaled.ok) return journaled;
    const results = await removeAll(world, door, channels, signal);
    const kinds = new Map(results.map(({ channelId, kind }) => [channelId, kind]));
    await updateChannelRecords(
      world,
      new Map(
        records.map(({ id, record }) => [
          record,
          { phase: kinds.get(id) === 'done' ? 'done' : ('not-written' as const) },
        ]),
      ),
    );
    const gone = new Set(results.filter(({ kind }) => kind === 'done').map(({ channelId }) => channelId));
    await changeNewApi(world, newApiId, (newApi, kept) => {
      kept.channelLinks = (kept.channelLinks ?? []).filter(
        (link) => link.newApiId !== newApi.id || !gone.has(link.channelId),
      );
    });
    return ok(results);
  });
  await world.pulse.changed();
  return held.ok ? held.value : held;
}

const recordFor =
  ({ newApi }: NewApiDoor) =>
  ({ id, name, record }: { id: number; name: string; record: string }) => ({
    id: record,
    action: 'delete' as const,
    newApiId: newApi.id,
    siteUrl: newApi.siteUrl,
    keyId: null,
    keyName: '',
    mask: '',
    channelId: id,
    channelName: name,
    above: 0,
    before: null,
    after: {},
    changes: [],
  });

async function removeAll(
  world: Needs,
  door: NewApiDoor,
  channels: readonly { id: number }[],
  signal: AbortSignal,
): Promise<ChannelResult[]> {
  const ids = channels.map(({ id }) => id);
  const many =
    door.dialect.many.delete && ids.length > 1
      ? await manyAtOnce(world, door, ids, signal, {
          send: (some) => door.call((http, site) => deleteMany(http, site, some)),
          done: (channel) => channel === undefined,
        })
      : undefined;
  return many ?? eachChannel(world, ids, signal, (id) => removeOne(door, id));
}

/** Deletes, and looks whether it is gone. */
export async function removeOne(door: NewApiDoor, id: number): Promise<Result<null>> {
  const removed = await door.call((http, site) => deleteChannel(http, site, id));
  if (!removed.ok) return removed;
  const left = await door.call((http, site) => readChannel(http, site, id));
  if (left.ok) return fail({ code: 'channel-not-saved', name: left.value.name });
  return left.failure.code === 'channel-gone' ? ok(null) : left;
}
