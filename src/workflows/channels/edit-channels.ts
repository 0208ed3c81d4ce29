import type { Channel } from '../../core/channels/channel';
import { editedAddress, editTrouble, lostForGood } from '../../core/channels/edit';
import type { ChannelEdit, ChannelResult } from '../../core/channels/view';
import { fail, ok, type Result } from '../../core/failures/result';
import { readChannel } from '../../targets/new-api/read-channel';
import type { Report } from '../heartbeat';
import { changeChannels, changeNewApi, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { changeChannel } from './change-channel';
import { eachChannel } from './each-channel';
import { shownChannel } from './list-channels';

/**
 * Changes fields of channels, one result each. A channel that is not as the page saw it is left alone. All share `batch` in
 * the journal.
 */
export const editChannels = (
  ports: Ports,
  newApiId: string,
  edits: readonly ChannelEdit[],
  signal: AbortSignal,
  { report, batch }: { report?: Report; batch?: string } = {},
): Promise<Result<ChannelResult[]>> =>
  changeChannels(ports, newApiId, signal, async (client) => {
    const byId = new Map(edits.map((edit) => [edit.channelId, edit]));
    return ok(
      await eachChannel(ports, byId, { signal, report }, (edit) => editOne(ports, client, edit, batch)),
    );
  });

async function editOne(
  ports: Ports,
  client: NewApiClient,
  edit: ChannelEdit,
  batch: string | undefined,
): Promise<Result<Channel>> {
  const { channelId: id, secrets, seen } = edit;
  const name = seen.name ?? edit.fields.name ?? String(id);
  // What an address may be depends on the type, and whether it can be put back on what is not shown of it.
  const now = needsLook(edit) ? await client.call((http, site) => readChannel(http, site, id)) : undefined;
  if (now?.ok === false) return now;
  const shown = now && shownChannel(now.value);
  const place = { gemini: client.dialect.gemini, siteUrl: client.newApi.siteUrl };
  const trouble = editTrouble(name, edit, place, shown?.type ?? 0);
  if (trouble) return fail(trouble);
  // Undo puts back what was there, so that it has to be known.
  if (Object.keys(edit.fields).some((field) => !(field in seen)))
    return fail({ code: 'channel-changed', name });
  const { baseUrl } = edit.fields;
  const address =
    baseUrl === undefined ? ok('') : editedAddress(baseUrl, edit.fields.type ?? shown?.type ?? 0, place);
  if (!address.ok) return address;
  const fields = { ...edit.fields, ...(baseUrl !== undefined && { baseUrl: address.value }) };
  const final = shown !== undefined && lostForGood(shown, edit).length > 0;
  const record = { id: ports.ids.next(), action: 'edit' as const, batch, final };
  const edited = await changeChannel(ports, client, { id, name, fields, secrets, seen, record });
  if (edited.ok && secrets?.key !== undefined) await forgetKeys(ports, client, id);
  return edited.ok ? ok(shownChannel(edited.value)) : edited;
}

const needsLook = ({ fields, secrets }: ChannelEdit): boolean =>
  fields.baseUrl !== undefined || secrets?.key !== undefined || secrets?.headerOverride !== undefined;

/** A channel with another key is no longer made for the one that it was made for. */
const forgetKeys = (ports: Ports, { newApi }: NewApiClient, id: number): Promise<Result<void>> =>
  changeNewApi(ports, newApi.id, (_, saved) => {
    saved.channelLinks = saved.channelLinks.filter(
      ({ newApiId, channelId }) => newApiId !== newApi.id || channelId !== id,
    );
  });
