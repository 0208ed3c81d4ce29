import { describe, expect, test } from 'vitest';
import { fail } from '../../../src/core/result';
import type { HttpRequest } from '../../../src/ports/http';
import { readChannelHistory } from '../../../src/workflows/channels/journal';
import { editChannels } from '../../../src/workflows/channels/edit-channels';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { switchChannels } from '../../../src/workflows/channels/switch-channels';
import type { World } from '../../../src/workflows/ports';
import { applyImport, channelScene, deafTo, open, planned, shown, type ChannelScene } from './scene';
import { must, never } from '../scene';

/** After a write that is answered nothing more is. */
function blindAfter(world: World, write: (asked: HttpRequest) => boolean): World {
  let blind = false;
  const send: World['http']['send'] = async (asked) => {
    if (blind) return fail({ code: 'timeout', host: 'x', seconds: 10 });
    blind = write(asked);
    return world.http.send(asked);
  };
  return { ...world, http: { send } };
}

const isPut = ({ method }: HttpRequest): boolean => method === 'PUT';
const isMade = ({ method, url }: HttpRequest): boolean => method === 'POST' && url.endsWith('/api/channel/');
const raise = ({ newApiId }: ChannelScene, world: World) =>
  editChannels(
    world,
    newApiId,
    [{ channelId: 1, fields: { priority: 7 }, seen: { name: 'theirs', priority: 0 } }],
    never(),
  );
const history = ({ world }: ChannelScene) => readChannelHistory(world).then(must);

describe('a change', () => {
  test('that was taken and could not be read back is not said to be not written', async () => {
    const made = await channelScene();
    const results = must(await raise(made, blindAfter(made.world, isPut)));
    expect(results).toMatchObject([{ failure: { code: 'channel-unread', name: 'theirs' } }]);
    expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
    must(await listChannels(made.world, made.newApiId));
    expect(await history(made)).toMatchObject([{ phase: 'done', undoable: true }]);
  });

  test('whose answer got lost wants a look', async () => {
    const made = await channelScene();
    expect(must(await raise(made, deafTo(made.world, isPut)))).toMatchObject([
      { failure: { code: 'relay-timeout' } },
    ]);
    expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
  });

  test('that was never sent, or refused by its own answer, is not written', async () => {
    const made = await channelScene();
    const deaf = deafTo(made.world, ({ url }) => url.endsWith('/api/channel/1'));
    expect(must(await raise(made, deaf))).toMatchObject([{ failure: { code: 'relay-timeout' } }]);
    const refused: World['http']['send'] = (asked) =>
      made.world.http.send(isPut(asked) ? { ...asked, body: '{"id":1,"status":1}' } : asked);
    expect(must(await raise(made, { ...made.world, http: { send: refused } }))).toMatchObject([
      { failure: { code: 'relay-refusal' } },
    ]);
    expect(await history(made)).toMatchObject([{ phase: 'not-written' }, { phase: 'not-written' }]);
  });
});

test('a switch that was taken and could not be read back says so', async () => {
  const made = await channelScene();
  const blind = blindAfter(made.world, ({ url }) => url.endsWith('/api/channel/1/status'));
  expect(must(await switchChannels(blind, made.newApiId, shown(made, [1]), 'off', never()))).toMatchObject([
    { failure: { code: 'channel-unread', name: 'theirs' } },
  ]);
  expect(made.admin.channels[0]!.status).toBe(2);
});

test('a channel that was made and could not be looked for is settled by the next list', async () => {
  const made = await channelScene();
  const opened = await open(made);
  const blind = { ...made, world: blindAfter(made.world, isMade) };
  expect(await applyImport(blind, opened.draft, planned(opened).hash)).toMatchObject({
    failure: { code: 'channel-unread' },
  });
  expect(await history(made)).toMatchObject([{ phase: 'needs-look', channelId: null }]);
  must(await listChannels(made.world, made.newApiId));
  expect(await history(made)).toMatchObject([{ phase: 'done', channelId: 3 }]);
});
