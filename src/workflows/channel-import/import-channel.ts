import type { ChannelDraft, ChannelOutcome } from '../../core/channels/view';
import { fail, ok, type Result } from '../../core/failures/result';
import { findKey, type KeyFacts } from '../accounts/find-key';
import { readAll, shownChannel } from '../channels/list-channels';
import { failed } from '../running';
import { changeChannels, orFailed, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { channelPlanHash, planDraft, plannedChannel } from './plan-for-channel';
import { carryOut } from './write-channel';

export interface ChannelImportOrder {
  newApiId: string;
  keyId: string;
  draft: ChannelDraft;
  /** The plan that the user saw. */
  planHash: string;
  signal: AbortSignal;
}

/**
 * One import as a channel, from the agreed plan to the reading back: reads again, plans again, and writes nothing if the
 * plan is no longer the one that was shown.
 */
export async function importChannel(ports: Ports, order: ChannelImportOrder): Promise<ChannelOutcome> {
  const key = await findKey(ports, order.keyId);
  if (!key.ok) return failed(key.failure);
  return orFailed(
    await changeChannels(ports, order.newApiId, order.signal, (client) =>
      importOnFreshList(ports, client, key.value, order),
    ),
  );
}

async function importOnFreshList(
  ports: Ports,
  client: NewApiClient,
  key: KeyFacts,
  { draft, planHash, signal }: ChannelImportOrder,
): Promise<Result<ChannelOutcome>> {
  const list = await readAll(client, signal);
  if (!list.ok) return list;
  const { channels } = list.value;
  const plan = await planDraft(ports, client, channels, key.id, draft);
  const agreed = plan.ok && (await channelPlanHash(ports, client, plan.value)) === planHash;
  if (!agreed || plan.value.kind === 'choose')
    return ok({ kind: 'replan', planned: await plannedChannel(ports, client, channels, plan) });
  if (signal.aborted && plan.value.kind !== 'unchanged') return fail({ code: 'cancelled' });
  const carried = await carryOut(ports, client, { key, plan: plan.value, channels });
  if (!carried.ok || carried.value.kind === 'unchanged') return carried;
  return ok({ ...carried.value, channel: shownChannel(carried.value.channel) });
}
