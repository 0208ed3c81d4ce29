import { differing, type Channel } from '../core/channel';
import type { ChannelResult } from '../core/channel-view';
import { applyChoice, type SyncChoice } from '../core/model-sync';
import { fail, ok, type Result } from '../core/result';
import { changeChannel } from './change-channel';
import { eachChannel } from './each-channel';
import { shownChannel } from './list-channels';
import type { Report } from './heartbeat';
import { holdNewApi, openNewApi, type NewApiDoor } from './new-api-door';
import type { World } from './world';

export interface ChosenChanges {
  channelId: number;
  name: string;
  /** What the channel held when it was compared; one that holds something else is left alone. */
  seen: { models: string; mapping: string };
  choice: SyncChoice;
}

/** Does what was chosen of a run, one result for each channel. */
export async function applySync(
  world: World,
  newApiId: string,
  chosen: readonly ChosenChanges[],
  signal: AbortSignal,
  report?: Report,
): Promise<Result<ChannelResult[]>> {
  const door = await openNewApi(world, newApiId);
  if (!door.ok) return door;
  const byId = new Map(chosen.map((one) => [one.channelId, one]));
  const held = await holdNewApi(world, door.value, signal, () =>
    eachChannel(world, [...byId.keys()], signal, (id) => applyOne(world, door.value, byId.get(id)!), report),
  );
  await world.pulse.changed();
  return held;
}

async function applyOne(
  world: World,
  door: NewApiDoor,
  { channelId, name, seen, choice }: ChosenChanges,
): Promise<Result<Channel | null>> {
  const after = applyChoice(seen, choice);
  if (!after) return fail({ code: 'channel-last-model', name });
  const fields = Object.fromEntries(
    differing(seen as Parameters<typeof differing>[0], after).map((field) => [
      field,
      after[field as 'models'],
    ]),
  );
  // Chosen and there already.
  if (Object.keys(fields).length === 0) return ok(null);
  const changed = await changeChannel(world, door, {
    id: channelId,
    name,
    fields,
    seen,
    record: { id: world.ids.next(), action: 'sync', keyId: null, keyName: '', mask: '' },
  });
  return changed.ok ? ok(shownChannel(changed.value)) : changed;
}
