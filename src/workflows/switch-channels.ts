import type { ChannelResult } from '../core/channel-view';
import { ok, type Result } from '../core/result';
import { switchChannel, switchMany } from '../targets/new-api/switch-channel';
import { eachChannel } from './each-channel';
import { shownChannel } from './list-channels';
import { manyAtOnce } from './many-channels';
import { holdNewApi, openNewApi, type DoorNeeds } from './new-api-door';
import type { World } from './world';

/** Switches channels on or off, one result each: with one call for many where the server has it, else one by one. */
export async function switchChannels(
  world: DoorNeeds & Pick<World, 'locks'>,
  newApiId: string,
  ids: readonly number[],
  state: 'on' | 'off',
  signal: AbortSignal,
): Promise<Result<ChannelResult[]>> {
  const opened = await openNewApi(world, newApiId);
  if (!opened.ok) return opened;
  const door = opened.value;
  const held = await holdNewApi(world, door, signal, async () => {
    const many =
      door.dialect.many.switch && ids.length > 1
        ? await manyAtOnce(world, door, ids, signal, {
            send: (some) => door.call((http, site) => switchMany(http, site, some, state)),
            done: (channel) => channel?.state === state,
          })
        : undefined;
    return (
      many ??
      eachChannel(world, ids, signal, async (id) => {
        const switched = await door.call((http, site, dialect) =>
          switchChannel(http, site, dialect, id, state),
        );
        return switched.ok ? ok(shownChannel(switched.value)) : switched;
      })
    );
  });
  await world.pulse.changed();
  return held;
}
