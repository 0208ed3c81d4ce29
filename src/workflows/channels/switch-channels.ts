import type { ChannelState } from '../../core/channels/channel';
import type { ChannelResult } from '../../core/channels/view';
import { ok, type Result } from '../../core/failures/result';
import { switchChannel, switchMany } from '../../targets/new-api/switch-channel';
import { changeChannels } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { changeThere, stillThere, type Shown } from './change-shown';
import { openChannelRecords, phaseOf, updateChannelRecords, type NewChannelRecord } from './journal';
import { shownChannel } from './list-channels';
import { traceWrite } from './trace-write';

/**
 * Switches channels on or off, one result each. A channel that is not as the page showed it is left alone; one that is in
 * that state already is not journaled. All share `batch` in the journal.
 */
export const switchChannels = (
  ports: Ports,
  newApiId: string,
  shown: Shown,
  state: 'on' | 'off',
  signal: AbortSignal,
  batch?: string,
): Promise<Result<ChannelResult[]>> =>
  changeChannels(ports, newApiId, signal, async (client) => {
    const there = await stillThere(client, shown);
    if (!there.ok) return there;
    const records = there.value.same
      .filter((channel) => channel.state !== state)
      .map(({ id, name, state: from }) =>
        recordOf({ id: ports.ids.next(), channelId: id, channelName: name, batch }, from, state),
      );
    const journaled = await openChannelRecords(ports, client, records);
    if (!journaled.ok) return journaled;
    const results = await changeThere(ports, client, there.value, signal, {
      sendMany:
        client.dialect.many.switch &&
        ((ids) => client.call((http, site) => switchMany(http, site, ids, state))),
      async sendOne({ id, name }) {
        const { written } = await traceWrite(client, name, (http, site, dialect, trail) =>
          switchChannel(http, site, dialect, id, state, trail),
        );
        return written.ok ? ok(shownChannel(written.value)) : written;
      },
      done: (channel) => channel?.state === state,
    });
    const ends = new Map(results.map((result) => [result.channelId, phaseOf(result)]));
    await updateChannelRecords(
      ports,
      new Map(records.map(({ id, channelId }) => [id, { phase: ends.get(channelId) ?? 'not-written' }])),
    );
    return ok(results);
  });

const recordOf = (
  channel: Pick<NewChannelRecord, 'id' | 'channelName' | 'batch'> & { channelId: number },
  from: ChannelState,
  to: 'on' | 'off',
): NewChannelRecord & { channelId: number } => ({
  ...channel,
  action: 'switch',
  before: {},
  after: {},
  switched: { from, to },
  changes: [{ field: 'state', from, to }],
});
