import { describe, expect, test } from 'vitest';
import type { ChannelResult } from '../../../src/core/channels/view';
import { deleteChannels } from '../../../src/workflows/channels/delete-channels';
import { editChannels } from '../../../src/workflows/channels/edit-channels';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { switchChannels } from '../../../src/workflows/channels/switch-channels';
import { testChannels } from '../../../src/workflows/channels/test-channels';
import { undoChannel } from '../../../src/workflows/channels/undo-channel';
import { readHistory } from '../../../src/workflows/view/read-history';
import {
  arrived,
  channelScene,
  importIt,
  OTHER,
  refusals,
  ROOT_TOKEN,
  shown,
  writes,
  type ChannelScene,
  readChannelHistory,
} from './scene';
import { must, never } from '../scene';

const many = (count: number): { name: string; baseUrl: string; models: string; key: string }[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `channel ${index + 1}`,
    baseUrl: OTHER,
    models: 'a,b',
    key: `sk-their-secret-${index}`,
  }));
const kinds = (results: readonly ChannelResult[]): string[] => results.map(({ kind }) => kind);
const edit = (
  { ports, newApiId }: ChannelScene,
  edits: Parameters<typeof editChannels>[2],
  signal = never(),
) => editChannels(ports, newApiId, edits, signal);

describe('the list', () => {
  test('of a thousand channels is whole, each once, in eleven requests at most, and without a key', async () => {
    const made = await channelScene({ channels: many(1_000) });
    const list = must(await listChannels(made.ports, made.newApiId));
    expect([list.channels.length, new Set(list.channels.map(({ id }) => id)).size, list.more]).toEqual([
      1_000,
      1_000,
      false,
    ]);
    const asked = made.admin.requests.filter(({ path }) => path.startsWith('/api/channel/?'));
    expect(asked.length).toBeLessThanOrEqual(11);
    expect(JSON.stringify(list)).not.toContain('sk-their');
  });

  test('shows an address without the user and password in it', async () => {
    const made = await channelScene();
    made.admin.channels[0]!.baseUrl = 'https://me:pass@relay.example';
    expect(JSON.stringify(must(await listChannels(made.ports, made.newApiId)))).not.toContain('pass');
  });

  test('is refused with one request for a wrong token, and then with none until it changes', async () => {
    const made = await channelScene();
    made.admin.users[0]!.accessToken = 'LabPatOtherFakeKeyFakeKeyFak0009';
    for (let times = 0; times < 2; times += 1)
      expect(await listChannels(made.ports, made.newApiId)).toMatchObject({
        failure: { code: 'token-refused' },
      });
    expect(refusals(made.admin)).toBe(1);
  });

  test('is not asked for where the browser may not go', async () => {
    const made = await channelScene();
    made.device.denied.add(`http://127.0.0.1/*`);
    expect(await listChannels(made.ports, made.newApiId)).toMatchObject({
      failure: { code: 'relay-permission' },
    });
  });
});

describe('an edit', () => {
  test('changes what was named and is journaled, so that it can be undone', async () => {
    const made = await channelScene();
    const results = must(
      await edit(made, [
        {
          channelId: 1,
          fields: { name: 'ours', priority: 7, mapping: '{"a":"x"}', group: 'vip' },
          seen: { name: 'theirs', priority: 0, mapping: '', group: 'default' },
        },
      ]),
    );
    expect(results).toMatchObject([{ kind: 'done', channel: { name: 'ours', priority: 7 } }]);
    expect(made.admin.channels[0]).toMatchObject({ models: 'a,b', tag: 'x', key: 'sk-their-secret-0001' });
    const [record] = must(await readChannelHistory(made.ports));
    expect(record).toMatchObject({ action: 'edit', undoable: true });
    expect(await undoChannel(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.admin.channels[0]).toMatchObject({ name: 'theirs', priority: 0, group: 'default' });
  });

  test('of a channel that somebody else changed meanwhile writes nothing', async () => {
    const made = await channelScene();
    const results = must(
      await edit(made, [
        { channelId: 1, fields: { models: 'a' }, seen: { models: 'a,b,c', name: 'theirs' } },
      ]),
    );
    expect(results).toMatchObject([{ kind: 'failed', failure: { code: 'channel-changed', name: 'theirs' } }]);
    expect(writes(made.admin)).toEqual([]);
  });

  test('that would leave no model, or a mapping that nobody understands, is not sent', async () => {
    const made = await channelScene();
    const results = must(
      await edit(made, [
        { channelId: 1, fields: { models: ' ' }, seen: { models: 'a,b' } },
        { channelId: 2, fields: { mapping: '{"a":1}' }, seen: { mapping: '' } },
        { channelId: 9, fields: { priority: 1 }, seen: { priority: 0 } },
      ]),
    );
    expect(results.map((result) => (result.kind === 'failed' ? result.failure.code : ''))).toEqual([
      'channel-last-model',
      'channel-mapping',
      'channel-gone',
    ]);
    expect(writes(made.admin)).toEqual([]);
  });

  test('of address, type, tag, test and overrides leaves the rest alone, and is undone', async () => {
    const made = await channelScene();
    const before = structuredClone(made.admin.channels[0]!);
    const fields = {
      baseUrl: 'https://moved.example/v1',
      type: 14,
      tag: 'y',
      remark: 'why',
      testModel: 'a',
      autoBan: 0,
      paramOverride: '{"temperature":0}',
      statusMapping: '{"403":"401"}',
    };
    const texts = { remark: '', testModel: '', paramOverride: '', statusMapping: '' };
    const seen = { name: 'theirs', baseUrl: OTHER, type: 1, tag: 'x', autoBan: 1, ...texts };
    const results = must(await edit(made, [{ channelId: 1, fields, seen }]));
    expect(results).toMatchObject([
      { kind: 'done', channel: { ...fields, baseUrl: 'https://moved.example' } },
    ]);
    const { key, models, group, priority } = before;
    expect(made.admin.channels[0]).toMatchObject({ key, models, group, priority, tag: 'y', remark: 'why' });
    const [record] = must(await readChannelHistory(made.ports));
    expect(await undoChannel(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    const { channels } = must(await listChannels(made.ports, made.newApiId));
    expect(channels.find(({ id }) => id === 1)).toMatchObject(seen);
  });

  test('of the key keeps it nowhere, is final, and unties the channel from the key that it was made for', async () => {
    const made = await channelScene();
    const { channelId } = await importIt(made);
    const secrets = { key: 'sk-their-secret-0009', headerOverride: '{"X-Fake":"sk-their-secret-0010"}' };
    const name = 'My relay';
    const results = must(await edit(made, [{ channelId, fields: {}, secrets, seen: { name } }]));
    expect(results).toMatchObject([{ kind: 'done', channel: { headers: 'set' } }]);
    const channel = made.admin.channels.find(({ id }) => id === channelId)!;
    expect([channel.key, channel.columns['header_override']]).toEqual([secrets.key, secrets.headerOverride]);
    const [record] = must(await readChannelHistory(made.ports));
    expect(record).toMatchObject({
      undoable: false,
      changes: [{ field: 'key' }, { field: 'headerOverride' }],
    });
    expect(await undoChannel(made.ports, record!.id, undefined, never())).toMatchObject({ kind: 'failed' });
    expect(must(await listChannels(made.ports, made.newApiId)).keys).toEqual({});
    const stored = [...made.device.local.values(), ...made.device.session.values()].join('');
    expect(stored + JSON.stringify([results, record])).not.toContain('sk-their-secret');
  });

  test('of the key of a channel with several is not sent: one would take the place of all', async () => {
    const made = await channelScene();
    Object.assign(made.admin.channels[0]!, { multi: 'polling', key: 'sk-their-1\nsk-their-2' });
    const edits = [{ channelId: 1, fields: {}, secrets: { key: 'sk-their-3' }, seen: {} }];
    expect(must(await edit(made, edits))).toMatchObject([{ failure: { code: 'channel-feature' } }]);
    expect(writes(made.admin)).toEqual([]);
    must(await edit(made, [{ channelId: 1, fields: { priority: 2 }, seen: { priority: 0 } }]));
    expect(made.admin.channels[0]).toMatchObject({ multi: 'polling', key: 'sk-their-1\nsk-their-2' });
  });

  test('of an address whose password is not shown is final: only a part of it is known', async () => {
    const made = await channelScene();
    made.admin.channels[0]!.baseUrl = 'https://me:pass@relay.example';
    const seen = { baseUrl: 'https://relay.example' };
    must(await edit(made, [{ channelId: 1, fields: { baseUrl: OTHER }, seen }]));
    expect(made.admin.channels[0]!.baseUrl).toBe(OTHER);
    expect(must(await readChannelHistory(made.ports))[0]).toMatchObject({ undoable: false });
  });

  test('of many shows how far it is, can be stopped, and is one batch of single records that can be undone', async () => {
    const made = await channelScene({ channels: many(30) });
    const stop = new AbortController();
    const edits = made.admin.channels.map(({ id }) => ({
      channelId: id,
      fields: { priority: 9 },
      seen: { priority: 0 },
    }));
    const report = (done: number): void => void (done === 8 && stop.abort());
    const options = { report, batch: 'b1' };
    const results = must(await editChannels(made.ports, made.newApiId, edits, stop.signal, options));
    const written = made.admin.channels.filter(({ priority }) => priority === 9);
    expect(kinds(results).filter((kind) => kind === 'done').length).toBe(written.length);
    expect(kinds(results)).toContain('not-tried');
    const records = must(await readChannelHistory(made.ports));
    expect(records.map(({ batch }) => batch)).toEqual(written.map(() => 'b1'));
    expect(await undoChannel(made.ports, records[0]!.id, undefined, never())).toEqual({ kind: 'undone' });
  });

  test('takes a mapping away again', async () => {
    const made = await channelScene();
    made.admin.channels[0]!.modelMapping = '{"a":"x"}';
    const edits = [{ channelId: 1, fields: { mapping: '' }, seen: { mapping: '{"a":"x"}' } }];
    expect(kinds(must(await edit(made, edits)))).toEqual(['done']);
    expect(made.admin.channels[0]!.modelMapping).toBe('{}');
  });
});

describe('switching', () => {
  test('one channel is read back', async () => {
    const made = await channelScene();
    const results = must(await switchChannels(made.ports, made.newApiId, shown(made, [1]), 'off', never()));
    expect(results).toMatchObject([{ kind: 'done', channel: { state: 'off' } }]);
    expect(made.admin.channels[0]!.status).toBe(2);
  });

  test('many takes one request for each hundred, with a result for each channel', async () => {
    const made = await channelScene({ channels: many(250) });
    const whole = shown(made);
    const gone = { id: 9_999, name: 'gone', baseUrl: OTHER };
    const seen = { ...whole, channels: [...whole.channels, gone] };
    const results = must(await switchChannels(made.ports, made.newApiId, seen, 'off', never()));
    expect(kinds(results).filter((kind) => kind === 'done').length).toBe(250);
    expect(results.at(-1)).toMatchObject({ failure: { code: 'channel-gone' } });
    expect(writes(made.admin).length).toBe(3);
  });

  test('goes one by one where the server has no call for many', async () => {
    const made = await channelScene();
    made.admin.faults.status['/api/channel/status/batch'] = 404;
    const results = must(await switchChannels(made.ports, made.newApiId, shown(made), 'on', never()));
    expect(kinds(results)).toEqual(['done', 'done']);
  });

  const undoNewest = async ({ ports }: ChannelScene, confirmedLoss?: string) => {
    const [record] = must(await readChannelHistory(ports));
    return undoChannel(ports, record!.id, confirmedLoss, never());
  };

  test.each([
    ['one', [1]],
    ['many with one call', [1, 3]],
  ])('%s is in History with what it was, and is undone', async (_, ids) => {
    const made = await channelScene({ channels: many(3) });
    await switchChannels(made.ports, made.newApiId, shown(made, ids), 'off', never(), 'work');
    const records = must(await readChannelHistory(made.ports));
    expect(records).toMatchObject(
      ids.map(() => ({
        action: 'switch',
        phase: 'done',
        undoable: true,
        changes: [{ field: 'state', from: 'on', to: 'off' }],
      })),
    );
    for (const { id } of records)
      expect(await undoChannel(made.ports, id, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.admin.channels.map(({ status }) => status)).toEqual([1, 1, 1]);
  });

  test('many is one line of History, and one undo takes it back but for what was changed since', async () => {
    const made = await channelScene({ channels: many(3) });
    await switchChannels(made.ports, made.newApiId, shown(made), 'off', never(), 'work');
    expect(must(await readHistory(made.ports))).toMatchObject([
      { about: 'channels', id: 'work', action: 'switch', phase: 'done', count: 3, undoable: true },
    ]);
    made.admin.channels[1]!.status = 3;
    const partly = { kind: 'partly', undone: 2, count: 3, failure: null };
    expect(await undoChannel(made.ports, 'work', undefined, never())).toEqual(partly);
    expect(made.admin.channels.map(({ status }) => status)).toEqual([1, 3, 1]);
    expect(must(await readHistory(made.ports))).toMatchObject([
      { phase: 'partly-undone', undone: 2, undoable: true },
    ]);
    made.admin.channels[1]!.status = 2;
    expect(await undoChannel(made.ports, 'work', undefined, never())).toEqual({ kind: 'undone' });
    expect(made.admin.channels.map(({ status }) => status)).toEqual([1, 1, 1]);
    expect(must(await readHistory(made.ports))).toMatchObject([{ phase: 'undone', undoable: false }]);
  });

  test('many back ends at a refusal that is about the account', async () => {
    const made = await channelScene({ channels: many(3) });
    await switchChannels(made.ports, made.newApiId, shown(made), 'off', never(), 'work');
    made.admin.users[0]!.accessToken = 'LabPatOtherFakeKeyFakeKeyFak0009';
    const before = made.admin.requests.length;
    expect(await undoChannel(made.ports, 'work', undefined, never())).toMatchObject({
      kind: 'partly',
      undone: 0,
      count: 3,
      failure: { code: 'token-refused' },
    });
    expect(made.admin.requests.slice(before).map(({ path }) => path)).toEqual([
      '/api/status',
      '/api/channel/1',
    ]);
  });

  test('one can be undone by the work that did it', async () => {
    const made = await channelScene({ channels: many(2) });
    await switchChannels(made.ports, made.newApiId, shown(made, [1]), 'off', never(), 'work');
    expect(await undoChannel(made.ports, 'work', undefined, never())).toEqual({ kind: 'undone' });
    expect(made.admin.channels.map(({ status }) => status)).toEqual([1, 1]);
  });

  test('what is so already is not in History', async () => {
    const made = await channelScene();
    await switchChannels(made.ports, made.newApiId, shown(made, [2]), 'off', never());
    expect(must(await readChannelHistory(made.ports))).toEqual([]);
  });

  test('on of what the site had switched off is undone by switching it off', async () => {
    const made = await channelScene();
    made.admin.channels[0]!.status = 3;
    await switchChannels(made.ports, made.newApiId, shown(made, [1]), 'on', never());
    expect(await undoNewest(made)).toEqual({ kind: 'undone' });
    expect(made.admin.channels[0]!.status).toBe(2);
  });

  test('undone by somebody else is undone without a write', async () => {
    const made = await channelScene();
    await switchChannels(made.ports, made.newApiId, shown(made, [1]), 'off', never());
    made.admin.channels[0]!.status = 1;
    const before = writes(made.admin).length;
    expect(await undoNewest(made)).toEqual({ kind: 'undone' });
    expect(writes(made.admin).length).toBe(before);
  });

  test('off, which the site then did by itself, is asked about before it is switched on again', async () => {
    const made = await channelScene();
    await switchChannels(made.ports, made.newApiId, shown(made, [1]), 'off', never());
    made.admin.channels[0]!.status = 3;
    const asked = await undoNewest(made);
    expect(asked).toMatchObject({ kind: 'changed', lost: [{ field: 'state', from: 'off', to: 'auto-off' }] });
    expect(made.admin.channels[0]!.status).toBe(3);
    expect(await undoNewest(made, asked.kind === 'changed' ? asked.hash : '')).toEqual({ kind: 'undone' });
    expect(made.admin.channels[0]!.status).toBe(1);
  });

  test('that is refused is in History as not written', async () => {
    const made = await channelScene();
    made.admin.faults.status['/api/channel/1/status'] = 403;
    await switchChannels(made.ports, made.newApiId, shown(made, [1]), 'off', never());
    expect(made.admin.channels[0]!.status).toBe(1);
    expect(must(await readChannelHistory(made.ports))).toMatchObject([{ phase: 'not-written' }]);
  });
});

describe('deleting', () => {
  test('takes the channels away, is in History, and cannot be undone', async () => {
    const made = await channelScene();
    const results = must(await deleteChannels(made.ports, made.newApiId, shown(made), never()));
    expect(kinds(results)).toEqual(['done', 'done']);
    expect(made.admin.channels).toEqual([]);
    expect(must(await readChannelHistory(made.ports))).toMatchObject([
      { action: 'delete', phase: 'done', undoable: false },
      { action: 'delete', phase: 'done', undoable: false },
    ]);
  });

  test('is refused in plain words to an admin without the right, and nothing is gone', async () => {
    const made = await channelScene({
      users: [{ id: 1, username: 'helper', accessToken: ROOT_TOKEN, role: 10 }],
    });
    const results = must(await deleteChannels(made.ports, made.newApiId, shown(made), never()));
    expect(results).toMatchObject([
      { failure: { code: 'channel-no-right' } },
      { failure: { code: 'channel-no-right' } },
    ]);
    expect(made.admin.channels.length).toBe(2);
  });
});

describe('testing', () => {
  test('gives each channel its own result; one that hangs or fails stops no other', async () => {
    const made = await channelScene({ channels: many(5) });
    made.admin.faults.hang = '/api/channel/test/2';
    made.admin.channels[2]!.baseUrl = 'https://broken.example';
    made.admin.upstreams['https://broken.example'] = 503;
    const results = must(await testChannels(made.ports, made.newApiId, [1, 2, 3, 4, 5], undefined, never()));
    expect(results).toMatchObject([
      { kind: 'done' },
      { kind: 'failed', failure: { code: 'relay-timeout' } },
      { kind: 'failed', failure: { code: 'channel-test', text: 'bad response status code 503' } },
      { kind: 'done' },
      { kind: 'done' },
    ]);
  });

  test('that is stopped says of the rest that it was not tried', async () => {
    const made = await channelScene({ channels: many(30) });
    const stop = new AbortController();
    made.admin.faults.delayMs = 20;
    const ids = made.admin.channels.map(({ id }) => id);
    const eighth = arrived(made.admin, '/api/channel/test/', 8);
    const work = testChannels(made.ports, made.newApiId, ids, undefined, stop.signal);
    await eighth;
    stop.abort();
    const results = must(await work);
    expect(kinds(results)).toContain('done');
    expect(kinds(results)).toContain('not-tried');
  });

  test('where the server has no such call says so', async () => {
    const made = await channelScene();
    made.admin.faults.status['/api/channel/test'] = 404;
    const results = must(await testChannels(made.ports, made.newApiId, [1], undefined, never()));
    expect(results).toMatchObject([{ failure: { code: 'channel-feature' } }]);
  });
});
