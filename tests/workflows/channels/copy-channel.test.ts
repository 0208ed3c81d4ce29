import { describe, expect, test } from 'vitest';
import type { CopyOutcome, CopyView } from '../../../src/core/channels/copy';
import type { Result } from '../../../src/core/failures/result';
import { copyChannel, planCopy, type CopyOrder } from '../../../src/workflows/channels/copy-channel';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { undoChannel } from '../../../src/workflows/channels/undo-channel';
import { saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import type { Ports } from '../../../src/workflows/ports';
import { must, never } from '../scene';
import { olderScene } from './older-scene';
import {
  channelScene,
  deafTo,
  OTHER,
  readChannelHistory,
  ROOT_TOKEN,
  writes,
  type ChannelScene,
} from './scene';

type Place = Pick<ChannelScene, 'ports' | 'newApiId'>;
type More = Partial<Pick<CopyOrder, 'key' | 'targetId' | 'channelId' | 'planHash'>>;

const wish = ({ newApiId }: Place, { targetId = newApiId, channelId = 1 }: More = {}) => ({
  newApiId,
  channelId,
  targetId,
});

const plan = (made: Place, more?: More): Promise<Result<CopyView>> => planCopy(made.ports, wish(made, more));

/** As a user does who takes the plan as it comes. */
async function copyIt(made: Place, more: More = {}, ports: Ports = made.ports): Promise<CopyOutcome> {
  const { hash } = must(await plan(made, more));
  return copyChannel(ports, { ...wish(made, more), planHash: hash, ...more }, never());
}

function written(outcome: CopyOutcome): CopyOutcome & { kind: 'written' } {
  if (outcome.kind !== 'written') throw new Error(JSON.stringify(outcome));
  return outcome;
}

const stored = ({ device }: ChannelScene): string =>
  [...device.local.values(), ...device.session.values()].join('');

describe('a copy on its own New API', () => {
  test('is planned without a write, with the key that the site keeps', async () => {
    const made = await channelScene();
    expect(must(await plan(made))).toMatchObject({
      name: 'theirs_复制',
      key: 'kept',
      onAtFirst: true,
      elsewhere: false,
      left: [],
    });
    expect(must(await plan(made, { channelId: 2 }))).toMatchObject({ onAtFirst: false });
    expect(writes(made.admin)).toEqual([]);
  });

  test('is made by the site, switched off, read back, and undone by deleting it', async () => {
    const made = await channelScene();
    const original = structuredClone(made.admin.channels[0]!);
    const { importId, channel, failure } = written(await copyIt(made));
    expect([channel.id, channel.name, channel.state, failure]).toEqual([3, 'theirs_复制', 'off', null]);
    expect(made.admin.channels[2]).toMatchObject({ key: original.key, tag: 'x', models: 'a,b', status: 2 });
    expect(made.admin.channels[0]).toEqual(original);
    expect(must(await readChannelHistory(made.ports))).toMatchObject([
      { action: 'copy', phase: 'done', undoable: true },
    ]);
    expect(await undoChannel(made.ports, importId, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.admin.channels.map(({ id }) => id)).toEqual([1, 2]);
    expect(stored(made)).not.toContain('sk-their-secret');
  });

  test('of a channel that the site had switched off is off for good', async () => {
    const made = await channelScene();
    made.admin.channels[0]!.status = 3;
    expect(written(await copyIt(made)).channel.state).toBe('off');
    expect(made.admin.channels[2]!.status).toBe(2);
  });

  test('of a channel with several keys has all of them', async () => {
    const made = await channelScene();
    Object.assign(made.admin.channels[0]!, { multi: 'polling', key: 'sk-their-1\nsk-their-2' });
    await copyIt(made);
    expect(made.admin.channels[2]).toMatchObject({ multi: 'polling', key: 'sk-their-1\nsk-their-2' });
  });

  test('with a key that was typed is a new channel, with all else of the original', async () => {
    const made = await channelScene();
    made.admin.channels[0]!.columns = { header_override: '{"X-Kept":"1"}', auto_ban: 0 };
    const { channel } = written(await copyIt(made, { key: ' sk-another-0009 ' }));
    expect(channel).toMatchObject({ name: 'theirs_复制', state: 'off', tag: 'x' });
    expect(made.admin.channels[2]!.key).toBe('sk-another-0009');
    expect(stored(made)).not.toContain('sk-another');
    expect(writes(made.admin)).toEqual(['POST /api/channel/']);
  });

  test('with a key that is none is refused before anything is sent', async () => {
    const made = await channelScene();
    expect(await copyIt(made, { key: 'two words' })).toMatchObject({ failure: { code: 'bad-key' } });
    expect(writes(made.admin)).toEqual([]);
  });

  test('is not made where the channel is another by now', async () => {
    const made = await channelScene();
    const { hash } = must(await plan(made));
    made.admin.channels[0]!.models = 'a,b,c';
    const outcome = await copyIt(made, { planHash: hash });
    expect(outcome).toMatchObject({ kind: 'replan', plan: { name: 'theirs_复制' } });
    expect(writes(made.admin)).toEqual([]);
  });

  test('of a channel that is gone is none', async () => {
    const made = await channelScene();
    expect(await plan(made, { channelId: 99 })).toMatchObject({ failure: { code: 'channel-gone' } });
  });

  test('needs the key where the site has no call for it, and says so without a record left open', async () => {
    const made = await channelScene();
    made.admin.faults.status['/api/channel/copy'] = 404;
    expect(await copyIt(made)).toMatchObject({ failure: { code: 'channel-key-untold' } });
    expect(must(await readChannelHistory(made.ports))).toMatchObject([{ phase: 'not-written' }]);
    expect(written(await copyIt(made, { key: 'sk-another-0009' })).channel.state).toBe('off');
  });

  test('is refused to an account that may not write keys', async () => {
    const made = await channelScene();
    Object.assign(made.admin.users[0]!, { role: 10, sensitiveWrite: false });
    expect(await copyIt(made)).toMatchObject({ failure: { code: 'channel-no-right' } });
    expect(made.admin.channels.length).toBe(2);
  });

  test('whose answer got lost is found by what it holds', async () => {
    const made = await channelScene();
    const deaf = deafTo(made.ports, ({ url }) => url.includes('/copy/'));
    const { channel } = written(await copyIt(made, {}, deaf));
    expect([channel.id, channel.state]).toEqual([3, 'off']);
  });

  test('that could not be switched off is said to be on, and can be undone', async () => {
    const made = await channelScene();
    made.admin.faults.status['/api/channel/3/status'] = 500;
    const { importId, channel, failure } = written(await copyIt(made));
    expect([channel.state, failure?.code]).toEqual(['on', 'relay-error']);
    expect(await undoChannel(made.ports, importId, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.admin.channels.length).toBe(2);
  });

  test('that was cut off is found by the next list', async () => {
    const made = await channelScene();
    let copied = false;
    // From then on the server hears, and nothing of what it says arrives.
    const deaf = deafTo(made.ports, ({ url }) => (copied ||= url.includes('/copy/')));
    expect((await copyIt(made, {}, deaf)).kind).toBe('failed');
    expect(must(await readChannelHistory(made.ports))).toMatchObject([{ phase: 'needs-look' }]);
    await listChannels(made.ports, made.newApiId);
    expect(must(await readChannelHistory(made.ports))).toMatchObject([{ phase: 'done', action: 'copy' }]);
  });
});

describe('a copy at another New API', () => {
  async function twoSites(): Promise<{ made: ChannelScene; other: ChannelScene; targetId: string }> {
    const made = await channelScene();
    const other = await channelScene({
      users: [{ id: 1, username: 'root', accessToken: ROOT_TOKEN, role: 100 }],
      channels: [{ name: 'there', key: 'sk-there-0001', baseUrl: OTHER, models: 'a,b' }],
      groups: { vip: { description: '', selectable: true } },
    });
    const login = { name: 'Second', siteUrl: other.admin.origin, accessToken: ROOT_TOKEN, userId: '1' };
    return { made, other, targetId: must(await saveNewApi(made.ports, login)) };
  }

  test('asks for the key, which no New API tells, and is in a group that is there', async () => {
    const { made, other, targetId } = await twoSites();
    const view = must(await plan(made, { targetId }));
    expect(view).toMatchObject({ name: 'theirs', key: 'asked', elsewhere: true, onAtFirst: false });
    expect(view.changes).toContainEqual({ field: 'group', from: '', to: 'vip' });
    expect(await copyIt(made, { targetId })).toMatchObject({ failure: { code: 'channel-key-untold' } });
    expect(writes(other.admin)).toEqual([]);
    const { importId, channel } = written(await copyIt(made, { targetId, key: 'sk-mine-0009' }));
    expect(channel).toMatchObject({ id: 2, name: 'theirs', state: 'off', models: 'a,b', tag: 'x' });
    expect(other.admin.channels[1]).toMatchObject({ key: 'sk-mine-0009', status: 2 });
    expect(writes(made.admin)).toEqual([]);
    expect(stored(made)).not.toContain('sk-mine');
    expect(await undoChannel(made.ports, importId, undefined, never())).toEqual({ kind: 'undone' });
    expect(other.admin.channels.length).toBe(1);
  });

  test('keeps its groups where the other site cannot say which it has', async () => {
    const { made, other, targetId } = await twoSites();
    other.admin.faults.status['/api/group'] = 404;
    expect(must(await plan(made, { targetId })).changes).toContainEqual({
      field: 'group',
      from: '',
      to: 'default',
    });
    other.admin.faults.status['/api/group'] = 500;
    expect(await plan(made, { targetId })).toMatchObject({ failure: { code: 'relay-error' } });
  });

  test('takes the key along from a server that tells it', async () => {
    const hub = await olderScene('one-hub');
    const targetId = hub.newerId;
    const view = must(await plan(hub, { targetId }));
    expect(view).toMatchObject({ key: 'told', left: ['headerOverride'] });
    written(await copyIt(hub, { targetId }));
    expect(hub.admin.channels.at(-1)).toMatchObject({ name: 'theirs 1', key: 'sk-their-secret-0001' });
    expect(stored(hub)).not.toContain('sk-their-secret');
  });
});

describe.each(['one-hub', 'veloera', 'one-api', 'compatible'] as const)('a copy on a %s', (family) => {
  test('is a new channel with all of the original, with its key where that is told', async () => {
    const made = await olderScene(family);
    const { name, status, key, id, ...rest } = made.server.rows[0]!;
    const told = family !== 'one-api';
    expect(must(await plan(made))).toMatchObject({ key: told ? 'told' : 'asked', onAtFirst: false });
    if (!told) {
      expect(await copyIt(made)).toMatchObject({ failure: { code: 'channel-key-untold' } });
      expect(made.server.writes).toEqual([]);
    }
    const outcome = written(await copyIt(made, told ? {} : { key: String(key) }));
    expect(made.server.rows.at(-1)).toEqual({
      ...rest,
      id: 26,
      name: `${String(name)}_复制`,
      key,
      status: 2,
    });
    expect(made.server.rows[0]).toMatchObject({ id, status });
    expect(made.server.writes.filter(({ body }) => 'mode' in body)).toEqual([]);
    expect(stored(made)).not.toContain(String(key));
    expect(await undoChannel(made.ports, outcome.importId, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.server.rows.length).toBe(25);
  });
});
