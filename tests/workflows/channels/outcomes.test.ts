import { describe, expect, test } from 'vitest';
import { fail } from '../../../src/core/failures/result';
import type { HttpRequest } from '../../../src/ports/http';
import { editChannels } from '../../../src/workflows/channels/edit-channels';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { switchChannels } from '../../../src/workflows/channels/switch-channels';
import type { Ports } from '../../../src/workflows/ports';
import {
  applyImport,
  channelScene,
  deafTo,
  open,
  planned,
  shown,
  type ChannelScene,
  readChannelHistory,
} from './scene';
import { must, never } from '../scene';

/** After a write that is answered nothing more is. */
function blindAfter(ports: Ports, write: (asked: HttpRequest) => boolean): Ports {
  let blind = false;
  const send: Ports['http']['send'] = async (asked) => {
    if (blind) return fail({ code: 'timeout', host: 'x', seconds: 10 });
    blind = write(asked);
    return ports.http.send(asked);
  };
  return { ...ports, http: { send } };
}

const isPut = ({ method }: HttpRequest): boolean => method === 'PUT';
const isMade = ({ method, url }: HttpRequest): boolean => method === 'POST' && url.endsWith('/api/channel/');
const raise = ({ newApiId }: ChannelScene, ports: Ports) =>
  editChannels(
    ports,
    newApiId,
    [{ channelId: 1, fields: { priority: 7 }, seen: { name: 'theirs', priority: 0 } }],
    never(),
  );
const history = ({ ports }: ChannelScene) => readChannelHistory(ports).then(must);

describe('a change', () => {
  test('that was taken and could not be read back is not said to be not written', async () => {
    const made = await channelScene();
    const results = must(await raise(made, blindAfter(made.ports, isPut)));
    expect(results).toMatchObject([{ failure: { code: 'channel-unread', name: 'theirs' } }]);
    expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
    must(await listChannels(made.ports, made.newApiId));
    expect(await history(made)).toMatchObject([{ phase: 'done', undoable: true }]);
  });

  test('whose answer got lost wants a look', async () => {
    const made = await channelScene();
    expect(must(await raise(made, deafTo(made.ports, isPut)))).toMatchObject([
      { failure: { code: 'relay-timeout' } },
    ]);
    expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
  });

  test('that was never sent, or refused by its own answer, is not written', async () => {
    const made = await channelScene();
    const deaf = deafTo(made.ports, ({ url }) => url.endsWith('/api/channel/1'));
    expect(must(await raise(made, deaf))).toMatchObject([{ failure: { code: 'relay-timeout' } }]);
    const refused: Ports['http']['send'] = (asked) =>
      made.ports.http.send(isPut(asked) ? { ...asked, body: '{"id":1,"status":1}' } : asked);
    expect(must(await raise(made, { ...made.ports, http: { send: refused } }))).toMatchObject([
      { failure: { code: 'relay-refusal' } },
    ]);
    expect(await history(made)).toMatchObject([{ phase: 'not-written' }, { phase: 'not-written' }]);
  });
});

test('a switch that was taken and could not be read back says so', async () => {
  const made = await channelScene();
  const blind = blindAfter(made.ports, ({ url }) => url.endsWith('/api/channel/1/status'));
  expect(must(await switchChannels(blind, made.newApiId, shown(made, [1]), 'off', never()))).toMatchObject([
    { failure: { code: 'channel-unread', name: 'theirs' } },
  ]);
  expect(made.admin.channels[0]!.status).toBe(2);
});

test('a channel that was made and could not be looked for is settled by the next list', async () => {
  const made = await channelScene();
  const opened = await open(made);
  const blind = { ...made, ports: blindAfter(made.ports, isMade) };
  expect(await applyImport(blind, opened.draft, planned(opened).hash)).toMatchObject({
    failure: { code: 'channel-unread' },
  });
  expect(await history(made)).toMatchObject([{ phase: 'needs-look', channelId: null }]);
  must(await listChannels(made.ports, made.newApiId));
  expect(await history(made)).toMatchObject([{ phase: 'done', channelId: 3 }]);
});
