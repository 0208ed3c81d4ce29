import type { Channel } from '../../core/channels/channel';
import { differingFields } from '../../core/channels/compare';
import type { ChannelResult } from '../../core/channels/view';
import { fail, ok, type Result } from '../../core/failures/result';
import { applyChoice, type SyncChoice } from '../../core/sync/model-sync';
import { changeChannel } from '../channels/change-channel';
import { eachChannel } from '../channels/each-channel';
import { shownChannel } from '../channels/list-channels';
import type { Report } from '../heartbeat';
import { changeChannels, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';

export interface ChosenChanges {
  channelId: number;
  name: string;
  /** What the channel held when it was compared; a channel that holds something else is left alone. */
  seen: { models: string; mapping: string };
  choice: SyncChoice;
}

/** Does what was chosen of a run, one result for each channel. */
export const applySync = (
  ports: Ports,
  newApiId: string,
  chosen: readonly ChosenChanges[],
  signal: AbortSignal,
  report?: Report,
): Promise<Result<ChannelResult[]>> =>
  changeChannels(ports, newApiId, signal, async (client) => {
    const byId = new Map(chosen.map((one) => [one.channelId, one]));
    return ok(await eachChannel(ports, byId, { signal, report }, (one) => applyOne(ports, client, one)));
  });

async function applyOne(
  ports: Ports,
  client: NewApiClient,
  { channelId: id, name, seen, choice }: ChosenChanges,
): Promise<Result<Channel | null>> {
  const after = applyChoice(seen, choice);
  if (!after) return fail({ code: 'channel-last-model', name });
  const fields = differingFields(seen, after);
  // Chosen and there already.
  if (Object.keys(fields).length === 0) return ok(null);
  const record = { id: ports.ids.next(), action: 'sync' as const };
  const changed = await changeChannel(ports, client, { id, name, fields, seen, record });
  return changed.ok ? ok(shownChannel(changed.value)) : changed;
}
