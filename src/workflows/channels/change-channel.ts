import { type Channel, type ChannelFields } from '../../core/channels/channel';
import { changesOf } from '../../core/channels/plan';
import type { Result } from '../../core/result';
import { updateChannel } from '../../targets/new-api/update-channel';
import { openChannelRecords, updateChannelRecord, type NewChannelRecord } from './journal';
import type { NewApiClient } from '../new-api/new-api-client';
import { traceWrite } from './trace-write';
import type { Ports } from '../ports';
import { differing } from '../../core/channels/compare';

export interface ChannelChange {
  id: number;
  name: string;
  fields: Partial<ChannelFields>;
  /** The channel as the change was made for: it must hold these values still. */
  seen: Partial<ChannelFields>;
  record: Pick<NewChannelRecord, 'id' | 'action' | 'key' | 'batch'>;
}

/** Journals, changes and reads back one channel. */
export async function changeChannel(
  ports: Pick<Ports, 'journal' | 'clock'>,
  client: NewApiClient,
  change: ChannelChange,
): Promise<Result<Channel>> {
  const { fields, seen, record } = change;
  const before = pick(seen, Object.keys(fields));
  const opened = await openChannelRecords(ports, [
    {
      ...record,
      newApiId: client.newApi.id,
      siteUrl: client.newApi.siteUrl,
      channelId: change.id,
      channelName: change.name,
      above: 0,
      before,
      after: fields,
      changes: changesOf(before as ChannelFields, fields),
    },
  ]);
  if (!opened.ok) return opened;
  const { written, phase } = await traceWrite(change.name, (trail) =>
    client.call((http, site, dialect) =>
      updateChannel(http, site, dialect, {
        id: change.id,
        fields,
        agreed: (channel) => differing(channel, seen).length === 0,
        trail,
      }),
    ),
  );
  await updateChannelRecord(ports, record.id, { phase });
  return written;
}

const pick = (fields: Partial<ChannelFields>, names: readonly string[]): Partial<ChannelFields> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
