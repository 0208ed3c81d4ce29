import { describe, expect, test } from 'vitest';
import { fail } from '../../../src/core/failures/result';
import type { HttpRequest, HttpReply } from '../../../src/ports/http';
import { deleteChannels } from '../../../src/workflows/channels/delete-channels';
import { saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { switchChannels } from '../../../src/workflows/channels/switch-channels';
import type { Ports } from '../../../src/workflows/ports';
import { channelScene, deafTo, OTHER, shown, writes, type ChannelScene, readChannelHistory } from './scene';
import { must, never } from '../scene';

const remove = (made: ChannelScene, seen = shown(made), ports: Ports = made.ports) =>
  deleteChannels(ports, made.newApiId, seen, never()).then(must);
const turn = (made: ChannelScene, seen = shown(made)) =>
  switchChannels(made.ports, made.newApiId, seen, 'off', never()).then(must);
const history = ({ ports }: ChannelScene) => readChannelHistory(ports).then(must);
const isDelete = ({ method }: HttpRequest): boolean => method === 'DELETE';
const isBatch = ({ method, url }: HttpRequest): boolean =>
  method === 'POST' && url.endsWith('/api/channel/batch');
const isList = ({ url }: HttpRequest): boolean => url.includes('/api/channel/?');
const three = [1, 2, 3].map((id) => ({ name: `c${id}`, baseUrl: OTHER, models: 'a', key: `sk-their-${id}` }));

/** Once `first` was asked, what `then` asks is answered with this in place of what the server says. */
function liar(
  ports: Ports,
  first: (asked: HttpRequest) => boolean,
  then: (asked: HttpRequest) => boolean,
  body: object,
): Ports {
  let lies = false;
  const send: Ports['http']['send'] = async (asked) => {
    const reply = await ports.http.send(asked);
    if (lies && then(asked) && reply.ok) {
      const value: HttpReply = { ...reply.value, text: JSON.stringify(body) };
      return { ok: true, value };
    }
    lies ||= first(asked);
    return reply;
  };
  return { ...ports, http: { send } };
}

const listOf = (total: number): object => ({ success: true, data: { items: [], total } });

describe('a number that stands for another channel by now', () => {
  test.each([[[1]], [[1, 2]]])('is not switched and not deleted (%j)', async (ids) => {
    const made = await channelScene({ channels: three });
    const seen = shown(made, ids);
    made.admin.channels[0]!.baseUrl = 'https://another.example';
    const changed = { channelId: 1, failure: { code: 'channel-changed', name: 'c1' } };
    expect((await turn(made, seen))[0]).toMatchObject(changed);
    expect((await remove(made, seen))[0]).toMatchObject(changed);
    expect(made.admin.channels.map(({ id, status }) => [id, status]).slice(0, 1)).toEqual([[1, 1]]);
    expect(writes(made.admin).length).toBe(ids.length === 1 ? 0 : 2);
    expect((await history(made)).map(({ channelId }) => channelId)).not.toContain(1);
  });

  test('is left alone where the New API was turned to another site', async () => {
    const made = await channelScene();
    const seen = shown(made);
    const { ports, newApiId: id, relay } = made;
    must(
      await saveNewApi(ports, { id, name: 'x', siteUrl: relay.origin, accessToken: 'other', userId: '1' }),
    );
    for (const results of [await turn(made, seen), await remove(made, seen)])
      expect(results).toMatchObject([1, 2].map(() => ({ failure: { code: 'channel-changed' } })));
    expect([writes(made.admin), writes(relay)]).toEqual([[], []]);
  });

  test('and one that is gone is said to be gone', async () => {
    const made = await channelScene();
    const seen = shown(made, [1]);
    made.admin.channels.shift();
    expect(await remove(made, seen)).toMatchObject([{ failure: { code: 'channel-gone' } }]);
    expect(writes(made.admin)).toEqual([]);
  });

  test('is compared without the user and password of an address, which no page sees', async () => {
    const made = await channelScene();
    const seen = shown(made, [1]);
    made.admin.channels[0]!.baseUrl = 'https://me:pass@other.example';
    expect(await turn(made, seen)).toMatchObject([{ kind: 'done' }]);
  });
});

describe('a deletion whose answer got lost', () => {
  test('is looked after: what is gone is deleted', async () => {
    const made = await channelScene();
    expect(await remove(made, shown(made, [1]), deafTo(made.ports, isDelete))).toMatchObject([
      { kind: 'done' },
    ]);
    expect(await history(made)).toMatchObject([{ phase: 'done' }]);
  });

  test('wants a look where it cannot be looked after, and the next list tells', async () => {
    const made = await channelScene();
    let lost = false;
    const send: Ports['http']['send'] = async (asked) => {
      const reply = await made.ports.http.send(asked);
      lost ||= isDelete(asked);
      return lost ? fail({ code: 'timeout', host: 'x', seconds: 10 }) : reply;
    };
    const results = await remove(made, shown(made, [1]), { ...made.ports, http: { send } });
    expect(results).toMatchObject([{ failure: { code: 'relay-timeout' } }]);
    expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
    must(await listChannels(made.ports, made.newApiId));
    expect(await history(made)).toMatchObject([{ phase: 'done' }]);
  });

  test('and one that was taken and could not be looked at says so', async () => {
    const made = await channelScene();
    const blind = liar(made.ports, isDelete, () => true, {});
    expect(await remove(made, shown(made, [1]), blind)).toMatchObject([
      { failure: { code: 'channel-unread', name: 'theirs' } },
    ]);
    expect(await history(made)).toMatchObject([{ phase: 'needs-look' }]);
  });
});

describe('many deleted at once', () => {
  test.each([
    ['an empty list', 0],
    ['a list that is not whole', 3],
  ])('are asked for one by one after %s', async (_name, total) => {
    const made = await channelScene({ channels: three });
    // The server says yes and keeps one of them, and its list does not show it.
    const send: Ports['http']['send'] = (asked) =>
      made.ports.http.send(isBatch(asked) ? { ...asked, body: '{"ids":[1]}' } : asked);
    const ports = { ...made.ports, http: { send } };
    const rows = total === 0 ? listOf(0) : { success: true, data: { items: [row(3)], total } };
    const results = await remove(made, shown(made, [1, 2]), liar(ports, isBatch, isList, rows));
    expect(results).toMatchObject([{ kind: 'done' }, { failure: { code: 'channel-not-saved', name: 'c2' } }]);
    expect(await history(made)).toMatchObject([{ phase: 'done' }, { phase: 'not-written' }]);
  });

  test('and refused are not taken for gone because a list does not show them', async () => {
    const made = await channelScene({ channels: three });
    const ports = liar(made.ports, () => true, isBatch, { success: false, message: 'no' });
    const keeping: Ports['http']['send'] = (asked) =>
      ports.http.send(isBatch(asked) ? { ...asked, body: '{"ids":[]}' } : asked);
    const lying = liar({ ...ports, http: { send: keeping } }, isBatch, isList, {
      success: true,
      data: { items: [row(3)], total: 1 },
    });
    const results = await remove(made, shown(made, [1, 2]), lying);
    expect(results).toMatchObject([1, 2].map(() => ({ failure: { code: 'relay-refusal' } })));
    expect((await history(made)).map(({ phase }) => phase)).toEqual(['not-written', 'not-written']);
  });
});

const row = (id: number): object => ({
  id,
  name: `c${id}`,
  type: 1,
  status: 1,
  base_url: OTHER,
  models: 'a',
});
