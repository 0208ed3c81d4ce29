import type { ChannelResult } from '../../core/channels/view';
import { ok, type Result } from '../../core/result';
import { switchChannel, switchMany } from '../../targets/new-api/switch-channel';
import { eachChannel } from './each-channel';
import { shownChannel } from './list-channels';
import { manyAtOnce } from './many-channels';
import { changeChannels, type NewApiPorts, type NewApiClient } from '../new-api/new-api-client';
import { inOrder, stillThere, type Shown, type StillThere } from './still-there';
import { traceWrite } from './trace-write';
import type { Ports } from '../ports';

/** Switches channels on or off, one result each. One that is not as the page showed it is left alone. */
export const switchChannels = (
  ports: NewApiPorts & Pick<Ports, 'locks'>,
  newApiId: string,
  shown: Shown,
  state: 'on' | 'off',
  signal: AbortSignal,
): Promise<Result<ChannelResult[]>> =>
  changeChannels(ports, newApiId, signal, async (client) => {
    const there = await stillThere(client, shown);
    if (!there.ok) return there;
    const switched = await switchAll(ports, client, there.value, state, signal);
    return ok(inOrder(shown, [...there.value.others, ...switched]));
  });

/** With one call for many where the server has it, else one by one. */
async function switchAll(
  ports: NewApiPorts,
  client: NewApiClient,
  { same, count }: StillThere,
  state: 'on' | 'off',
  signal: AbortSignal,
): Promise<ChannelResult[]> {
  const many =
    client.dialect.many.switch && same.length > 1
      ? await manyAtOnce(ports, client, same, signal, {
          send: (ids) => client.call((http, site) => switchMany(http, site, ids, state)),
          done: (channel) => channel?.state === state,
          count,
        })
      : undefined;
  const names = new Map(same.map(({ id, name }) => [id, name]));
  return (
    many ??
    eachChannel(ports, [...names.keys()], signal, async (id) => {
      const { written } = await traceWrite(names.get(id)!, (trail) =>
        client.call((http, site, dialect) => switchChannel(http, site, dialect, id, state, trail)),
      );
      return written.ok ? ok(shownChannel(written.value)) : written;
    })
  );
}
