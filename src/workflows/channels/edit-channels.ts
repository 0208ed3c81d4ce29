import type { ChannelEdit, ChannelResult } from '../../core/channels/view';
import type { ChannelFields } from '../../core/channels/channel';
import { unreadableMapping } from '../../core/channels/plan';
import { fail, ok, type Result } from '../../core/result';
import { changeChannel } from './change-channel';
import { eachChannel } from './each-channel';
import { NO_KEY } from './journal';
import { shownChannel } from './list-channels';
import { changeChannels, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { namesOf } from '../../core/channels/compare';

type Needs = Pick<
  Ports,
  'http' | 'hosts' | 'saved' | 'clock' | 'pages' | 'keepAlive' | 'journal' | 'ids' | 'locks'
>;

/** Changes fields of channels, one result each. A channel that is not as the page saw it is left alone. */
export async function editChannels(
  ports: Needs,
  newApiId: string,
  edits: readonly ChannelEdit[],
  signal: AbortSignal,
): Promise<Result<ChannelResult[]>> {
  const byId = new Map(edits.map((edit) => [edit.channelId, edit]));
  return changeChannels(ports, newApiId, signal, async (client) =>
    ok(
      await eachChannel(ports, [...byId.keys()], signal, async (id) => {
        const edited = await editOne(ports, client, byId.get(id)!);
        return edited.ok ? ok(shownChannel(edited.value)) : edited;
      }),
    ),
  );
}

async function editOne(
  ports: Needs,
  client: NewApiClient,
  { channelId, fields, seen }: ChannelEdit,
): ReturnType<typeof changeChannel> {
  const name = String(seen['name'] ?? fields.name ?? channelId);
  const models = fields.models ?? seen['models'];
  // Servers take an empty list for "leave it", and answer success.
  if (fields.models !== undefined && !String(models).trim())
    return fail({ code: 'channel-last-model', name });
  if (fields.mapping !== undefined && !namesOf({ models: '', mapping: fields.mapping }))
    return fail(unreadableMapping({ name }));
  const before = seen as Partial<ChannelFields>;
  // Undo puts back what was there, so that it has to be known.
  if (Object.keys(fields).some((field) => !(field in seen))) return fail({ code: 'channel-changed', name });
  return changeChannel(ports, client, {
    id: channelId,
    name,
    fields,
    seen: before,
    record: { id: ports.ids.next(), action: 'edit', key: NO_KEY },
  });
}
