import type { Channel } from '../../core/channels/channel';
import { namesOf } from '../../core/channels/compare';
import { unreadableMapping } from '../../core/channels/plan';
import type { ChannelEdit, ChannelResult } from '../../core/channels/view';
import { fail, ok, type Result } from '../../core/failures/result';
import { changeChannels, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { changeChannel } from './change-channel';
import { eachChannel } from './each-channel';
import { shownChannel } from './list-channels';

/** Changes fields of channels, one result each. A channel that is not as the page saw it is left alone. */
export const editChannels = (
  ports: Ports,
  newApiId: string,
  edits: readonly ChannelEdit[],
  signal: AbortSignal,
): Promise<Result<ChannelResult[]>> =>
  changeChannels(ports, newApiId, signal, async (client) => {
    const byId = new Map(edits.map((edit) => [edit.channelId, edit]));
    return ok(await eachChannel(ports, byId, { signal }, (edit) => editOne(ports, client, edit)));
  });

async function editOne(
  ports: Ports,
  client: NewApiClient,
  { channelId: id, fields, seen }: ChannelEdit,
): Promise<Result<Channel>> {
  const name = String(seen['name'] ?? fields.name ?? id);
  // Servers take an empty list for "leave it", and answer success.
  if (fields.models !== undefined && !fields.models.trim()) return fail({ code: 'channel-last-model', name });
  if (fields.mapping !== undefined && !namesOf({ models: '', mapping: fields.mapping }))
    return fail(unreadableMapping({ name }));
  // Undo puts back what was there, so that it has to be known.
  if (Object.keys(fields).some((field) => !(field in seen))) return fail({ code: 'channel-changed', name });
  const edited = await changeChannel(ports, client, {
    id,
    name,
    fields,
    seen,
    record: { id: ports.ids.next(), action: 'edit' },
  });
  return edited.ok ? ok(shownChannel(edited.value)) : edited;
}
