import { type Channel } from '../../core/channels/channel';
import type { ChannelResult } from '../../core/channels/view';
import { applyChoice, type SyncChoice } from '../../core/sync/model-sync';
import { fail, ok, type Result } from '../../core/result';
import { changeChannel } from '../channels/change-channel';
import { eachChannel } from '../channels/each-channel';
import { NO_KEY } from '../channels/journal';
import { shownChannel } from '../channels/list-channels';
import type { Report } from '../heartbeat';
import { changeChannels, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { differing } from '../../core/channels/compare';

export interface ChosenChanges {
  channelId: number;
  name: string;
  /** What the channel held when it was compared; one that holds something else is left alone. */
  seen: { models: string; mapping: string };
  choice: SyncChoice;
}

/** Does what was chosen of a run, one result for each channel. */
export async function applySync(
  ports: Ports,
  newApiId: string,
  chosen: readonly ChosenChanges[],
  signal: AbortSignal,
  report?: Report,
): Promise<Result<ChannelResult[]>> {
  const byId = new Map(chosen.map((one) => [one.channelId, one]));
  return changeChannels(ports, newApiId, signal, async (client) =>
    ok(
      await eachChannel(
        ports,
        [...byId.keys()],
        signal,
        (id) => applyOne(ports, client, byId.get(id)!),
        report,
      ),
    ),
  );
}

async function applyOne(
  ports: Ports,
  client: NewApiClient,
  { channelId, name, seen, choice }: ChosenChanges,
): Promise<Result<Channel | null>> {
  const after = applyChoice(seen, choice);
  if (!after) return fail({ code: 'channel-last-model', name });
  const fields = Object.fromEntries(
    differing(seen as Parameters<typeof differing>[0], after).map((field) => [
      field,
      after[field as 'models'],
    ]),
  );
  // Chosen and there already.
  if (Object.keys(fields).length === 0) return ok(null);
  const changed = await changeChannel(ports, client, {
    id: channelId,
    name,
    fields,
    seen,
    record: { id: ports.ids.next(), action: 'sync', key: NO_KEY },
  });
  return changed.ok ? ok(shownChannel(changed.value)) : changed;
}
