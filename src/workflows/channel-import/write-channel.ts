import { fieldsOf, type Channel } from '../../core/channels/channel';
import type { ChannelPlan } from '../../core/channels/plan';
import { type Result } from '../../core/result';
import { createChannel } from '../../targets/new-api/create-channel';
import { changeChannel } from '../channels/change-channel';
import { openChannelRecords, updateChannelRecord, type NewChannelRecord } from '../channels/journal';
import { keyRefOf, type KeyFacts } from '../accounts/find-key';
import type { NewApiClient } from '../new-api/new-api-client';
import { revealKey } from '../accounts/reveal-key';
import { traceWrite } from '../channels/trace-write';
import type { Ports } from '../ports';
import { linkChannel } from '../channels/link-channel';

export interface ChannelWrite {
  importId: string;
  batch?: string | undefined;
  key: KeyFacts;
  plan: Extract<ChannelPlan, { kind: 'create' | 'update' }>;
  channels: readonly Channel[];
}

/** Carries out an agreed plan: journals, writes, reads back, and keeps which channel is of which key. */
export async function writeChannel(
  ports: Ports,
  client: NewApiClient,
  write: ChannelWrite,
): Promise<Result<Channel>> {
  const { plan, key, importId, batch } = write;
  const about = { id: importId, key: keyRefOf(key), batch };
  const written =
    plan.kind === 'create'
      ? await make(ports, client, write, about)
      : await changeChannel(ports, client, {
          id: plan.channelId,
          name: plan.before.name,
          fields: plan.fields,
          seen: plan.before,
          record: { ...about, action: 'update' },
        });
  if (written.ok) {
    const link = { newApiId: client.newApi.id, channelId: written.value.id, keyId: key.id };
    const linked = await linkChannel(ports, link, plan.kind === 'create');
    if (linked.ok && linked.value) await updateChannelRecord(ports, importId, { linked: true });
  }
  return written;
}

async function make(
  ports: Ports,
  client: NewApiClient,
  write: ChannelWrite,
  about: Pick<NewChannelRecord, 'id' | 'key' | 'batch'>,
): Promise<Result<Channel>> {
  const { plan, key, channels, importId } = write;
  if (plan.kind !== 'create') throw new Error('only a new channel is made');
  const text = await revealKey(ports, key);
  if (!text.ok) return text;
  const { fields, changes } = plan;
  const above = Math.max(0, ...channels.map(({ id }) => id));
  const opened = await openChannelRecords(ports, [
    {
      ...about,
      action: 'create',
      newApiId: client.newApi.id,
      siteUrl: client.newApi.siteUrl,
      channelId: null,
      channelName: fields.name,
      above,
      before: null,
      after: fields,
      changes,
    },
  ]);
  if (!opened.ok) return opened;
  const { written: made, phase } = await traceWrite(fields.name, (trail) =>
    client.call((http, site, dialect) =>
      createChannel(http, site, dialect, { fields, key: text.value, above, trail }),
    ),
  );
  // What the server made of it, so that undo can tell what others changed since.
  const found = made.ok ? { phase, channelId: made.value.id, after: fieldsOf(made.value) } : { phase };
  await updateChannelRecord(ports, importId, found);
  return made;
}
