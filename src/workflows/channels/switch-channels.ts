import type { ChannelResult } from '../../core/channels/view';
import { ok, type Result } from '../../core/failures/result';
import { switchChannel, switchMany } from '../../targets/new-api/switch-channel';
import { changeChannels } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { changeThere, stillThere, type Shown } from './change-shown';
import { shownChannel } from './list-channels';
import { traceWrite } from './trace-write';

/** Switches channels on or off, one result each. A channel that is not as the page showed it is left alone. */
export const switchChannels = (
  ports: Ports,
  newApiId: string,
  shown: Shown,
  state: 'on' | 'off',
  signal: AbortSignal,
): Promise<Result<ChannelResult[]>> =>
  changeChannels(ports, newApiId, signal, async (client) => {
    const there = await stillThere(client, shown);
    if (!there.ok) return there;
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
    return ok(results);
  });
