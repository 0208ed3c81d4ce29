import type { ChannelDraft, ChannelOutcome } from '../../core/channels/view';
import type { Failure } from '../../core/failure';
import { whileAwake } from '../heartbeat';
import { findKey, type KeyFacts } from '../accounts/find-key';
import { readAll, shownChannel } from '../channels/list-channels';
import { holdNewApi, openNewApi, type NewApiClient } from '../new-api/new-api-client';
import { channelPlanHash, orderOf, planOn, plannedChannel, type ChannelOrder } from './plan-for-channel';
import { writeChannel } from './write-channel';
import type { Ports } from '../ports';
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
export async function importChannel(ports: Ports, order: ChannelImportOrder): Promise<ChannelOutcome> {
  const key = await findKey(ports, order.keyId);
  if (!key.ok) return failed(key.failure);
  const client = await openNewApi(ports, order.newApiId);
  if (!client.ok) return failed(client.failure);
  const wanted = orderOf(client.value, order.keyId, order.draft);
  if (!wanted.ok) return failed(wanted.failure);
  try {
    const held = await whileAwake(ports, () =>
      holdNewApi(ports, client.value, order.signal, () =>
        importUnderLock(ports, client.value, key.value, wanted.value, order),
      ),
    );
    return held.ok ? held.value : failed(held.failure);
  } finally {
    await ports.pages.notify();
  }
}

async function importUnderLock(
  ports: Ports,
  client: NewApiClient,
  key: KeyFacts,
  wanted: ChannelOrder,
  { planHash, signal }: ChannelImportOrder,
): Promise<ChannelOutcome> {
  const list = await readAll(client, signal);
  if (!list.ok) return failed(list.failure);
  const { channels } = list.value;
  const plan = await planOn(ports, client, channels, wanted);
  const agreed = plan.ok && (await channelPlanHash(ports, plan.value)) === planHash;
  if (!agreed || plan.value.kind === 'choose')
    return { kind: 'replan', planned: await plannedChannel(ports, channels, plan) };
  if (plan.value.kind === 'unchanged') {
    const { channelId } = plan.value;
    await linkChannel(ports, { newApiId: client.newApi.id, channelId, keyId: key.id }, false);
    return { kind: 'unchanged', channelId };
  }
  if (signal.aborted) return failed({ code: 'cancelled' });
  const importId = ports.ids.next();
  const written = await writeChannel(ports, client, { importId, key, plan: plan.value, channels });
  if (!written.ok) return failed(written.failure);
  const made = plan.value.kind === 'create';
  return { kind: 'written', importId, channel: shownChannel(written.value), made };
}
