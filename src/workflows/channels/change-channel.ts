import { shownUrl } from '../../core/base-url';
import { fieldsOf, type Channel, type ChannelFields, type ChannelSecrets } from '../../core/channels/channel';
import { holds } from '../../core/channels/compare';
import { editChanges } from '../../core/channels/edit';
import type { Result } from '../../core/failures/result';
import { updateChannel } from '../../targets/new-api/update-channel';
import type { NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { openChannelRecords, updateChannelRecord, type NewChannelRecord } from './journal';
import { shownChannel } from './list-channels';
import { traceWrite, type TracedWrite } from './trace-write';

export interface ChannelChange {
  id: number;
  name: string;
  fields: Partial<ChannelFields>;
  /** Written as well, and kept nowhere. */
  secrets?: ChannelSecrets | undefined;
  /** The channel as the change was made for, with an address as it is shown: it must hold these values still. */
  seen: Partial<ChannelFields>;
  record: Pick<NewChannelRecord, 'id' | 'action' | 'key' | 'batch' | 'final'>;
}

/** Journals, changes and reads back one channel. */
export function changeChannel(
  ports: Pick<Ports, 'journal' | 'clock'>,
  client: NewApiClient,
  { id, name, fields, secrets, seen, record }: ChannelChange,
): Promise<Result<Channel>> {
  const before = Object.fromEntries(Object.entries(seen).filter(([field]) => field in fields));
  const changes = editChanges(before, { fields, secrets });
  const about = { ...record, channelId: id, channelName: name, before, after: fields, changes };
  const { baseUrl } = seen;
  const shown = baseUrl === undefined ? seen : { ...seen, baseUrl: shownUrl(baseUrl) };
  const agreed = (channel: Channel): boolean => holds(shownChannel(channel), shown);
  return journaledWrite(ports, client, about, (http, site, dialect, trail) =>
    updateChannel(http, site, dialect, { id, fields, secrets, agreed, trail }),
  );
}

/** One write to a channel: journaled before it is sent, and with what became of it. */
export async function journaledWrite(
  ports: Pick<Ports, 'journal' | 'clock'>,
  client: NewApiClient,
  record: NewChannelRecord,
  write: TracedWrite,
): Promise<Result<Channel>> {
  const opened = await openChannelRecords(ports, client, [record]);
  if (!opened.ok) return opened;
  const { written, phase } = await traceWrite(client, record.channelName, write);
  // What the server made of a new channel, so that undo can tell what others changed since.
  const made = written.ok &&
    record.channelId === null && { channelId: written.value.id, after: fieldsOf(written.value) };
  await updateChannelRecord(ports, record.id, { phase, ...made });
  return written;
}
