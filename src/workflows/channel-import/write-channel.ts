import type { Channel } from '../../core/channels/channel';
import type { DecidedPlan } from '../../core/channels/plan';
import { ok, type Result } from '../../core/failures/result';
import { createChannel } from '../../targets/new-api/create-channel';
import { keyRefOf, type KeyFacts } from '../accounts/find-key';
import { revealKey } from '../accounts/reveal-key';
import { changeChannel, journaledWrite } from '../channels/change-channel';
import { updateChannelRecord, type NewChannelRecord } from '../channels/journal';
import { linkChannel } from '../channels/link-channel';
import type { NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';

interface ChannelWrite {
  key: KeyFacts;
  plan: DecidedPlan;
  /** The list that was planned on. */
  channels: readonly Channel[];
  /** Records of one export share it. */
  batch?: string;
}

export type Carried =
  | { kind: 'unchanged'; channelId: number }
  | { kind: 'written'; importId: string; channel: Channel; made: boolean };

/** Carries out an agreed plan: journals, writes, reads back, and keeps which channel is of which key. */
export async function carryOut(
  ports: Ports,
  client: NewApiClient,
  { key, plan, channels, batch }: ChannelWrite,
): Promise<Result<Carried>> {
  const link = { newApiId: client.newApi.id, keyId: key.id };
  if (plan.kind === 'unchanged') {
    const { channelId } = plan;
    await linkChannel(ports, { ...link, channelId, made: false });
    return ok({ kind: 'unchanged', channelId });
  }
  const importId = ports.ids.next();
  const about = { id: importId, key: keyRefOf(key), batch };
  const made = plan.kind === 'create';
  const written =
    plan.kind === 'create'
      ? await make(ports, client, key, channels, { ...about, plan })
      : await changeChannel(ports, client, {
          id: plan.channelId,
          name: plan.channelName,
          fields: plan.fields,
          seen: plan.before,
          record: { ...about, action: 'update' },
        });
  if (!written.ok) return written;
  const linked = await linkChannel(ports, { ...link, channelId: written.value.id, made });
  if (linked.ok && linked.value) await updateChannelRecord(ports, importId, { linked: true });
  return ok({ kind: 'written', importId, channel: written.value, made });
}

async function make(
  ports: Ports,
  client: NewApiClient,
  key: KeyFacts,
  channels: readonly Channel[],
  {
    plan,
    ...about
  }: Pick<NewChannelRecord, 'id' | 'key' | 'batch'> & { plan: DecidedPlan & { kind: 'create' } },
): Promise<Result<Channel>> {
  const text = await revealKey(ports, key);
  if (!text.ok) return text;
  const { fields, changes, channelId, channelName } = plan;
  const above = Math.max(0, ...channels.map(({ id }) => id));
  const record = { ...about, action: 'create' as const, channelId, channelName, above, before: null };
  return journaledWrite(ports, client, { ...record, after: fields, changes }, (http, site, dialect, trail) =>
    createChannel(http, site, dialect, { fields, key: text.value, above, trail }),
  );
}
