import type { ChannelDraft, ChannelOutcome } from '../../core/channels/view';
import type { Failure } from '../../core/failure';
import { findKey, type KeyFacts } from '../accounts/find-key';
import { readAll, shownChannel } from '../channels/list-channels';
import { holdNewApi, openNewApi, type NewApiDoor } from '../new-api/new-api-client';
import { channelPlanHash, orderOf, planOn, plannedChannel, type ChannelOrder } from './plan-for-channel';
import { writeChannel } from './write-channel';
import type { World } from '../ports';
import { linkChannel } from '../channels/link-channel';

export interface ChannelImportOrder {
  newApiId: string;
  keyId: string;
  draft: ChannelDraft;
  /** The plan that the user saw. */
  planHash: string;
  signal: AbortSignal;
}

const failed = (failure: Failure): ChannelOutcome => ({ kind: 'failed', failure });

/**
 * One import as a channel, from the agreed plan to the reading back: reads again, plans again, and writes nothing if the
 * plan is no longer the one that was shown.
 */
export async function importChannel(world: World, order: ChannelImportOrder): Promise<ChannelOutcome> {
  const key = await findKey(world, order.keyId);
  if (!key.ok) return failed(key.failure);
  const door = await openNewApi(world, order.newApiId);
  if (!door.ok) return failed(door.failure);
  const wanted = orderOf(door.value, order.keyId, order.draft);
  if (!wanted.ok) return failed(wanted.failure);
  await world.pulse.keepAwake(true);
  try {
    const held = await holdNewApi(world, door.value, order.signal, () =>
      importAlone(world, door.value, key.value, wanted.value, order),
    );
    return held.ok ? held.value : failed(held.failure);
  } finally {
    await world.pulse.keepAwake(false);
    await world.pulse.changed();
  }
}

async function importAlone(
  world: World,
  door: NewApiDoor,
  key: KeyFacts,
  wanted: ChannelOrder,
  { planHash, signal }: ChannelImportOrder,
): Promise<ChannelOutcome> {
  const list = await readAll(door, signal);
  if (!list.ok) return failed(list.failure);
  const { channels } = list.value;
  const plan = await planOn(world, door, channels, wanted);
  const agreed = plan.ok && (await channelPlanHash(world, plan.value)) === planHash;
  if (!agreed || plan.value.kind === 'choose')
    return { kind: 'replan', planned: await plannedChannel(world, channels, plan) };
  if (plan.value.kind === 'unchanged') {
    const { channelId } = plan.value;
    await linkChannel(world, { newApiId: door.newApi.id, channelId, keyId: key.id }, false);
    return { kind: 'unchanged', channelId };
  }
  if (signal.aborted) return failed({ code: 'cancelled' });
  const importId = world.ids.next();
  const written = await writeChannel(world, door, { importId, key, plan: plan.value, channels });
  if (!written.ok) return failed(written.failure);
  const made = plan.value.kind === 'create';
  return { kind: 'written', importId, channel: shownChannel(written.value), made };
}
