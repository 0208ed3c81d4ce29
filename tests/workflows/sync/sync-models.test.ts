import { describe, expect, test } from 'vitest';
import { ANY_MODEL } from '../../../src/core/sync/model-rules';
import type { SyncRun } from '../../../src/core/sync/run';
import { applySync } from '../../../src/workflows/sync/apply-sync';
import { armSync, SYNC_ALARM } from '../../../src/workflows/sync/arm-sync';
import { saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import { runDueSyncs, saveSync } from '../../../src/workflows/sync/schedule-sync';
import { readSyncRuns, syncModels } from '../../../src/workflows/sync/sync-models';
import { deleteChannels } from '../../../src/workflows/channels/delete-channels';
import { undoChannel } from '../../../src/workflows/channels/undo-channel';
import type { Ports } from '../../../src/workflows/ports';
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
} from '../channels/scene';
import { must, never, noticesOf } from '../scene';

const run = async (
  { ports, newApiId }: ChannelScene,
  channelIds: number[] | null = null,
  signal = never(),
): Promise<SyncRun> =>
  must(await syncModels(ports, { runId: 'run', newApiId, channelIds, by: 'user', signal }));

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `c${index}`, baseUrl: OTHER, models: 'a' }));

/** As a user who changes something while a run is at work. */
const meanwhile = (ports: Ports, work: () => Promise<unknown>): Ports => {
  let done = false;
  return {
    ...ports,
    http: {
      async send(asked) {
        if (!done && asked.url.includes('fetch_models')) {
          done = true;
          await work();
        }
        return ports.http.send(asked);
      },
    },
  };
};

const settings = { everyHours: 0, applyAdded: false, rules: ANY_MODEL, skip: [] as number[] };

describe('a run', () => {
  test('says what each channel’s relay has that the channel has not, and writes nothing', async () => {
    const made = await channelScene();
    const found = await run(made);
    expect(found).toMatchObject({
      total: 2,
      inOrder: 0,
      skipped: 0,
      cancelled: false,
      channels: [
        { channelId: 1, seen: { models: 'a,b' }, found: { added: ['c', 'd'], removed: [] } },
        { channelId: 2, found: { added: ['a', 'b', 'd'] } },
      ],
    });
    expect(writes(made.admin)).toEqual([]);
    expect(must(await readSyncRuns(made.ports, made.newApiId))).toEqual([found]);
  });

  test('holds a channel with rules of its own to these, and all others to those of the site', async () => {
    const made = await channelScene();
    const site = { include: [], exclude: ['d'] };
    const own = [{ channelId: 1, rules: { include: ['d'], exclude: [] } }];
    must(await saveSync(made.ports, made.newApiId, { ...settings, rules: site, own }));
    expect(await run(made)).toMatchObject({
      channels: [
        { channelId: 1, found: { added: ['d'] } },
        { channelId: 2, found: { added: ['a', 'b'] } },
      ],
    });
    // A page that knows nothing of them leaves them.
    must(await saveSync(made.ports, made.newApiId, settings));
    expect((await run(made)).channels[0]?.found.added).toEqual(['d']);
  });

  test('a deleted channel takes along what was set for it, as another may get its number', async () => {
    const made = await channelScene();
    const rules = { include: ['d'], exclude: [] };
    const set = { ...settings, skip: [2], own: [1, 2].map((channelId) => ({ channelId, rules })) };
    must(await saveSync(made.ports, made.newApiId, set));
    must(await deleteChannels(made.ports, made.newApiId, shown(made, [2]), never()));
    const saved = must(await made.ports.saved.read());
    expect(saved.newApis[0]?.sync).toMatchObject({ skip: [], own: [{ channelId: 1, rules }] });
  });

  test('is not held up by a channel that hangs, is refused, lists nothing or answers a web page', async () => {
    const broken = ['https://empty.example', 'https://refused.example', 'https://nobody.example'];
    const made = await channelScene({
      channels: [...broken, OTHER, OTHER].map((baseUrl, index) => ({
        name: `c${index + 1}`,
        baseUrl,
        models: 'a',
      })),
      upstreams: { [broken[0]!]: [], [broken[1]!]: 401, [OTHER]: ['a', 'new'] },
    });
    made.admin.faults.hang = '/api/channel/fetch_models/4';
    const { channels, total } = await run(made);
    expect(total).toBe(5);
    expect(channels).toMatchObject([
      { channelId: 1, failure: { code: 'relay-empty' }, found: { removed: [] } },
      { channelId: 2, failure: { code: 'channel-upstream' }, found: { removed: [] } },
      { channelId: 3, failure: { code: 'channel-upstream' }, found: { removed: [] } },
      { channelId: 4, failure: { code: 'relay-timeout' }, found: { removed: [] } },
      { channelId: 5, failure: null, found: { added: ['new'] } },
    ]);
  });

  test('goes by the rules, passes over what is to be passed over, and means a channel that is named', async () => {
    const made = await channelScene();
    must(
      await saveSync(made.ports, made.newApiId, {
        ...settings,
        rules: { include: [], exclude: ['d'] },
        skip: [1],
      }),
    );
    expect(await run(made)).toMatchObject({
      total: 1,
      skipped: 1,
      channels: [{ channelId: 2, found: { added: ['a', 'b'] } }],
    });
    expect(await run(made, [1])).toMatchObject({
      total: 1,
      skipped: 0,
      channels: [{ channelId: 1, found: { added: ['c'] } }],
    });
  });

  test('sends a wrong token once, however many channels there are', async () => {
    const made = await channelScene();
    made.admin.users[0]!.accessToken = 'LabPatOtherFakeKeyFakeKeyFak0009';
    expect(await run(made)).toMatchObject({ total: 0, failure: { code: 'token-refused' } });
    expect(refusals(made.admin)).toBe(1);
  });

  test.each([
    [403, 'channel-no-right'],
    [401, 'token-refused'],
  ])('stops at a %d, which concerns all channels, and says how many it did not ask', async (status, code) => {
    const made = await channelScene({ channels: many(10) });
    made.admin.faults.status['/api/channel/fetch_models'] = status;
    expect(await run(made)).toMatchObject({
      total: 10,
      inOrder: 0,
      notTried: 9,
      channels: [{ channelId: 10, failure: { code } }],
    });
    expect(made.admin.requests.filter(({ path }) => path.includes('fetch_models')).length).toBe(1);
  });

  test('proposes no removal from a channel of several keys: another of them may have the model', async () => {
    const made = await channelScene();
    Object.assign(made.admin.channels[0]!, { models: 'a,gone', multi: 'random' });
    const { channels } = await run(made, [1]);
    expect(channels).toMatchObject([{ found: { added: ['b', 'c', 'd'], removed: [], renamed: [] } }]);
  });

  test('asks the relay itself with the key of our own record where the server has no call for it', async () => {
    const made = await channelScene();
    await importIt(made);
    made.admin.faults.status['/api/channel/fetch_models'] = 404;
    made.relay.setModels(['gpt-4o', 'gpt-4o-mini', 'deepseek-chat', 'o3']);
    const { channels } = await run(made);
    expect(channels).toMatchObject([
      { channelId: 1, failure: { code: 'channel-feature' } },
      { channelId: 2, failure: { code: 'channel-feature' } },
      { channelId: 3, failure: null, found: { added: ['o3'], removed: [] } },
    ]);
  });

  test('waits where the server asks to, and goes on', async () => {
    const made = await channelScene();
    made.admin.faults.status['/api/channel/fetch_models/1'] = 429;
    made.clock.after(60_000, () => (made.admin.faults.status = {}));
    const { channels } = await run(made);
    expect(channels.map(({ channelId, failure }) => [channelId, failure])).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  test('that is stopped keeps what it found until then', async () => {
    const made = await channelScene({ channels: many(30) });
    made.admin.faults.delayMs = 20;
    const stop = new AbortController();
    const eighth = arrived(made.admin, '/api/channel/fetch_models/', 8);
    const work = run(made, null, stop.signal);
    await eighth;
    stop.abort();
    const found = await work;
    expect(found.cancelled).toBe(true);
    expect(found.channels.length).toBeGreaterThan(2);
    expect(found.channels.length).toBeLessThan(30);
    expect(found.channels.every(({ failure }) => failure === null)).toBe(true);
  });
});

test('a channel that leads to the site itself is not asked for, and nothing is proposed for it', async () => {
  const made = await channelScene();
  made.admin.channels[0]!.baseUrl = `${made.admin.origin}/v1`;
  const { channels } = await run(made, [1]);
  expect(channels).toMatchObject([
    { channelId: 1, failure: { code: 'channel-own-site' }, found: { added: [] } },
  ]);
  expect(made.admin.requests.filter(({ path }) => path.includes('fetch_models'))).toEqual([]);
});

describe('what is chosen of a run', () => {
  const choose = ({ ports, newApiId }: ChannelScene, chosen: Parameters<typeof applySync>[2]) =>
    applySync(ports, newApiId, chosen, never());

  test('is done, can be undone, and leaves the key and all else alone', async () => {
    const made = await channelScene();
    const { channels } = await run(made);
    const [first] = channels;
    const choice = { add: ['d'], remove: ['b'], rename: [] };
    const results = must(await choose(made, [{ ...first!, choice }]));
    expect(results).toMatchObject([{ kind: 'done', channel: { models: 'a,d' } }]);
    expect(made.admin.channels[0]).toMatchObject({ key: 'sk-their-secret-0001', tag: 'x', models: 'a,d' });
    const [record] = must(await readChannelHistory(made.ports));
    expect(record).toMatchObject({ action: 'sync', channelName: 'theirs' });
    expect(await undoChannel(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.admin.channels[0]!.models).toBe('a,b');
  });

  test('is not done to a channel that somebody changed since the run; the others are', async () => {
    const made = await channelScene();
    const { channels } = await run(made);
    made.admin.channels[0]!.models = 'a,b,theirs';
    const chosen = channels.map((channel) => ({
      ...channel,
      choice: { add: channel.found.added, remove: [], rename: [] },
    }));
    const results = must(await choose(made, chosen));
    expect(results).toMatchObject([{ failure: { code: 'channel-changed' } }, { kind: 'done' }]);
    expect(made.admin.channels[0]!.models).toBe('a,b,theirs');
  });

  test('never empties a channel', async () => {
    const made = await channelScene();
    const seen = { models: 'a,b', mapping: '' };
    const choice = { add: [], remove: ['a', 'b'], rename: [] };
    const results = must(await choose(made, [{ channelId: 1, name: 'theirs', seen, choice }]));
    expect(results).toMatchObject([{ failure: { code: 'channel-last-model', name: 'theirs' } }]);
    expect(writes(made.admin)).toEqual([]);
  });
});

describe('the schedule', () => {
  test('wakes the worker only while a New API wants it', async () => {
    const set: [string, number | null][] = [];
    const made = await channelScene({}, { alarms: { every: async (...one) => void set.push(one) } });
    await armSync(made.ports);
    must(await saveSync(made.ports, made.newApiId, { ...settings, everyHours: 6 }));
    must(await saveSync(made.ports, made.newApiId, settings));
    expect(set).toEqual([
      [SYNC_ALARM, null],
      [SYNC_ALARM, 30],
      [SYNC_ALARM, null],
    ]);
  });

  test('records what it found and says so, without a write, and not again before its time', async () => {
    const made = await channelScene();
    must(await saveSync(made.ports, made.newApiId, { ...settings, everyHours: 6 }));
    await runDueSyncs(made.ports, never());
    await runDueSyncs(made.ports, never());
    expect(writes(made.admin)).toEqual([]);
    expect(must(await readSyncRuns(made.ports, made.newApiId))).toMatchObject([{ by: 'schedule' }]);
    expect(await noticesOf(made.ports)).toEqual([
      { kind: 'synced', newApiId: made.newApiId, channels: 2, failed: 0, added: 0 },
    ]);
  });

  test('adds what is new where the user switched that on, and never removes', async () => {
    const made = await channelScene();
    made.admin.channels[0]!.models = 'a,gone';
    must(await saveSync(made.ports, made.newApiId, { ...settings, everyHours: 6, applyAdded: true }));
    await runDueSyncs(made.ports, never());
    expect(made.admin.channels.map(({ models }) => models)).toEqual(['a,gone,b,c,d', 'c,a,b,d']);
    expect(must(await readSyncRuns(made.ports, made.newApiId))[0]!.channels).toMatchObject([
      { applied: ['b', 'c', 'd'] },
      { applied: ['a', 'b', 'd'] },
    ]);
    expect(await noticesOf(made.ports)).toMatchObject([{ added: 2 }]);
  });

  test.each([
    ['that nothing is added by itself', { applyAdded: false }, ['a,b', 'c']],
    ['that nothing is done by itself', { everyHours: 0 }, ['a,b', 'c']],
    ['that a channel is passed over', { skip: [1] }, ['a,b', 'c,a,b,d']],
  ])('goes by what the user says meanwhile: %s', async (_name, change, models) => {
    const made = await channelScene();
    const wanted = { ...settings, everyHours: 6, applyAdded: true };
    must(await saveSync(made.ports, made.newApiId, wanted));
    const ports = meanwhile(made.ports, () => saveSync(made.ports, made.newApiId, { ...wanted, ...change }));
    await runDueSyncs(ports, never());
    expect(made.admin.channels.map((channel) => channel.models)).toEqual(models);
  });

  test('does not come to a New API whose schedule was ended while another was at work', async () => {
    const made = await channelScene();
    const { ports: plain, admin } = made;
    const wanted = { ...settings, everyHours: 6 };
    const login = { name: 'Second', accessToken: ROOT_TOKEN, userId: '1' };
    const second = must(await saveNewApi(plain, { ...login, siteUrl: `${admin.origin}/second` }));
    for (const id of [made.newApiId, second]) must(await saveSync(plain, id, wanted));
    const ports = meanwhile(plain, () => saveSync(plain, second, settings));
    await runDueSyncs(ports, never());
    expect(must(await readSyncRuns(plain, made.newApiId)).length).toBe(1);
    expect(must(await readSyncRuns(plain, second))).toEqual([]);
  });

  test('says nothing where all is in order', async () => {
    const made = await channelScene({ channels: [{ name: 'c', baseUrl: OTHER, models: 'a,b,c,d' }] });
    must(await saveSync(made.ports, made.newApiId, { ...settings, everyHours: 1 }));
    await runDueSyncs(made.ports, never());
    expect(await noticesOf(made.ports)).toEqual([]);
    expect(must(await readSyncRuns(made.ports, made.newApiId))).toMatchObject([{ inOrder: 1, channels: [] }]);
  });
});
