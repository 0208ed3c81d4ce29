import { describe, expect, test } from 'vitest';
import { editChannels } from '../../../src/workflows/channels/edit-channels';
import { checkNewApi } from '../../../src/workflows/new-api/check-new-api';
import { readNewApis } from '../../../src/workflows/new-api/keep-new-apis';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { changeNewApi } from '../../../src/workflows/new-api/new-api-client';
import { switchChannels } from '../../../src/workflows/channels/switch-channels';
import { syncModels } from '../../../src/workflows/sync/sync-models';
import { readUpstream } from '../../../src/workflows/sync/upstream-of';
import { undoChannel } from '../../../src/workflows/channels/undo-channel';
import { planChannelDialog } from '../../../src/workflows/channel-import/open-channel-import';
import { applyImport, importIt, KEY, MODELS, open, planned, readChannelHistory } from './scene';
import { must, never } from '../scene';
import { FAMILIES, olderScene, SECRET } from './older-scene';

describe.each(FAMILIES)('a server of kind %s', (family) => {
  test('is recognised, checked, and its channels are listed over all pages without a key', async () => {
    const { ports, newApiId } = await olderScene(family);
    expect(must(await checkNewApi(ports, newApiId))).toMatchObject({
      failure: null,
      found: { family, channels: 25 },
    });
    const list = must(await listChannels(ports, newApiId));
    expect(new Set(list.channels.map(({ id }) => id)).size).toBe(25);
    expect(JSON.stringify(list)).not.toContain(SECRET);
  });

  test('that refuses a user who is no admin in words only is understood all the same', async () => {
    const { ports, newApiId, server } = await olderScene(family);
    server.account.role = 1;
    expect(await listChannels(ports, newApiId)).toMatchObject({ failure: { code: 'channel-no-admin' } });
  });

  test('gets one channel for a key, whole, and no empty one beside it; undo takes it away', async () => {
    const made = await olderScene(family);
    const { importId } = await importIt(made);
    const [row, ...more] = made.server.rows.slice(25);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      key: KEY,
      base_url: made.relay.origin,
      type: 1,
      status: 1,
      group: 'default',
    });
    expect(String(row!['models']).split(',').toSorted()).toEqual(MODELS.toSorted());
    expect(made.server.writes.filter(({ body }) => 'mode' in body)).toEqual([]);
    expect(await undoChannel(made.ports, importId, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.server.rows.length).toBe(25);
  });

  test('keeps every other field of a channel that is changed, its key too', async () => {
    const made = await olderScene(family);
    const before = structuredClone(made.server.rows[0]!);
    const edits = [
      { channelId: 1, fields: { models: 'x,y', priority: 4 }, seen: { models: 'x', priority: 0 } },
    ];
    const results = must(await editChannels(made.ports, made.newApiId, edits, never()));
    expect(results).toMatchObject([{ kind: 'done', channel: { models: 'x,y' } }]);
    expect(made.server.rows[0]).toEqual({ ...before, models: 'x,y', priority: 4 });
    const stored = [...made.device.local.values(), ...made.device.session.values()].join('');
    expect(stored).not.toContain(SECRET);
    expect(JSON.stringify([results, must(await readChannelHistory(made.ports))])).not.toContain(SECRET);
  });

  test('has no mapping where one was taken out, in the words of this server', async () => {
    const made = await olderScene(family);
    const mapping = '{"x":"y"}';
    made.server.rows[0]!['model_mapping'] = mapping;
    const edits = [{ channelId: 1, fields: { mapping: '' }, seen: { mapping } }];
    const results = must(await editChannels(made.ports, made.newApiId, edits, never()));
    expect(results).toMatchObject([{ kind: 'done' }]);
    expect(made.server.rows[0]!['model_mapping']).toBe(family === 'one-hub' ? '' : '{}');
  });

  test('switches a channel off and on, and keeps the rest of it', async () => {
    const made = await olderScene(family);
    const before = structuredClone(made.server.rows[1]!);
    const { ports, newApiId } = made;
    const channels = [{ id: 2, name: 'theirs 2', baseUrl: 'https://other.example' }];
    const seen = { siteUrl: made.server.origin, channels };
    must(await switchChannels(ports, newApiId, seen, 'off', never()));
    expect(made.server.rows[1]).toEqual({ ...before, status: 2 });
    must(await switchChannels(ports, newApiId, seen, 'on', never()));
    expect(made.server.rows[1]).toEqual(before);
  });

  test('is asked for the models of upstreams where it can, and says where it cannot', async () => {
    const { ports, newApiId } = await olderScene(family);
    const order = { runId: 'r', newApiId, channelIds: [1], by: 'user' as const, signal: never() };
    const { channels } = must(await syncModels(ports, order));
    const can = { failure: null, found: { added: ['y'], removed: [] } };
    expect(channels).toMatchObject([
      family === 'one-hub' ? can : { failure: { code: 'channel-feature' }, found: { removed: [] } },
    ]);
  });
});

test('the relay of a channel is asked by the site, by our own key for a channel of it, and else not at all', async () => {
  const hub = await olderScene('one-hub');
  expect(await readUpstream(hub.ports, hub.newApiId, 1, never())).toEqual({ ok: true, value: ['x', 'y'] });
  const one = await olderScene('one-api');
  const { channelId } = await importIt(one);
  const names = must(await readUpstream(one.ports, one.newApiId, channelId, never()));
  expect(names.toSorted()).toEqual(MODELS.toSorted());
  expect(await readUpstream(one.ports, one.newApiId, 1, never())).toMatchObject({
    failure: { code: 'channel-feature' },
  });
  expect(one.server.writes.length).toBe(1);
});

test('One Hub’s own names of overrides are kept to, and its headers and keys are in no record', async () => {
  const made = await olderScene('one-hub');
  const before = structuredClone(made.server.rows[0]!);
  const { channels } = must(await listChannels(made.ports, made.newApiId));
  expect(channels[0]).toMatchObject({ paramOverride: '', testModel: '', headers: 'set' });
  expect(channels[0]).not.toHaveProperty('remark');
  expect(channels[0]).not.toHaveProperty('autoBan');
  const fields = { paramOverride: '{"a":1}' };
  const secrets = { key: 'sk-their-secret-0009', headerOverride: '{"X-Fake":"sk-their-secret-0010"}' };
  const edits = [{ channelId: 1, fields, secrets, seen: { paramOverride: '' } }];
  const results = must(await editChannels(made.ports, made.newApiId, edits, never()));
  expect(results).toMatchObject([{ kind: 'done', channel: fields }]);
  const { key, headerOverride } = secrets;
  const written = { key, custom_parameter: '{"a":1}', model_headers: headerOverride };
  expect(made.server.rows[0]).toEqual({ ...before, ...written });
  const stored = [...made.device.local.values(), ...made.device.session.values()].join('');
  expect(stored + JSON.stringify(results)).not.toContain('sk-their-secret');
});

describe('One Hub, which lists one channel for each tag', () => {
  const tagged = async (tags: readonly string[]) => {
    const made = await olderScene('one-hub');
    for (const [at, row] of made.server.rows.entries()) row['tag'] = tags[at % tags.length];
    return made;
  };
  const idsOf = ({ channels }: { channels: readonly { id: number }[] }): number[] =>
    channels.map(({ id }) => id).toSorted((a, b) => a - b);

  test('shows all channels of all tags, without their keys, and a sync asks for each', async () => {
    const made = await tagged(['', 'one', 'two: zwei', 'drei?']);
    const list = must(await listChannels(made.ports, made.newApiId));
    expect(idsOf(list)).toEqual(made.server.rows.map(({ id }) => id));
    expect(list.more).toBe(false);
    expect(JSON.stringify(list)).not.toContain(SECRET);
    const order = { runId: 'r', newApiId: made.newApiId, channelIds: null, by: 'user' as const };
    expect(must(await syncModels(made.ports, { ...order, signal: never() })).total).toBe(25);
  });

  test('a key that was imported under a tag of others is found again', async () => {
    const made = await tagged(['one', 'two']);
    const opened = await open(made);
    const { ports, newApiId, keyId } = made;
    const draft = { ...opened.draft, tag: 'one' };
    const plan = must(await planChannelDialog(ports, new Map(), newApiId, keyId, draft));
    if (plan.kind !== 'plan') throw new Error(plan.kind);
    const outcome = await applyImport(made, draft, plan.plan.hash);
    expect(outcome).toMatchObject({ kind: 'written', made: true, channel: { id: 26, tag: 'one' } });
    expect(planned(await open(made))).toMatchObject({ kind: 'unchanged', channelId: 26 });
  });

  test('and does not tell the channels of a tag with a slash: the list is said not to be whole', async () => {
    const made = await tagged(['a/b', 'two']);
    const list = must(await listChannels(made.ports, made.newApiId));
    expect(list.more).toBe(true);
    expect(list.channels.length).toBe(13);
  });
});

test('a server that has no key to show is not written to as a whole: the channel would lose it', async () => {
  const made = await olderScene('one-hub');
  made.server.rows[0]!['key'] = '';
  const edits = [{ channelId: 1, fields: { models: 'x,y' }, seen: { models: 'x' } }];
  expect(must(await editChannels(made.ports, made.newApiId, edits, never()))).toMatchObject([
    { failure: { code: 'channel-feature' } },
  ]);
  expect(made.server.writes).toEqual([]);
});

test('a fork that shows no key keeps its models: nobody knows whether a change of them would empty the channel', async () => {
  const made = await olderScene('compatible');
  made.server.rows[0]!['key'] = '';
  const change = (fields: object, seen: object) =>
    editChannels(made.ports, made.newApiId, [{ channelId: 1, fields, seen: { ...seen } }], never());
  expect(must(await change({ models: 'x,y' }, { models: 'x' }))).toMatchObject([
    { failure: { code: 'channel-feature' } },
  ]);
  expect(made.server.writes).toEqual([]);
  expect(must(await change({ priority: 4 }, { priority: 0 }))).toMatchObject([{ kind: 'done' }]);
});

test('a site that was upgraded in place is recognised anew before it is written to', async () => {
  const made = await olderScene('one-hub');
  await changeNewApi(made.ports, made.newApiId, (newApi) => void (newApi.family = 'new-api'));
  const before = structuredClone(made.server.rows[0]!);
  const edits = [{ channelId: 1, fields: { models: 'x,y' }, seen: { models: 'x' } }];
  must(await editChannels(made.ports, made.newApiId, edits, never()));
  expect(made.server.rows[0]).toEqual({ ...before, models: 'x,y' });
  expect(must(await readNewApis(made.ports)).at(-1)).toMatchObject({ family: 'one-hub' });
});
