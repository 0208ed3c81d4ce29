import { describe, expect, test } from 'vitest';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { undoChannel } from '../../../src/workflows/channels/undo-channel';
import { planChannelDialog } from '../../../src/workflows/channel-import/open-channel-import';
import { addKey, removeKey } from '../../../src/workflows/accounts/keep-keys';
import { fail } from '../../../src/core/failures/result';
import type { HttpRequest } from '../../../src/ports/http';
import { fakeKey } from '../../fakes/new-api.ts';
import {
  applyImport,
  channelScene,
  deafTo,
  importIt,
  KEY,
  MODELS,
  open,
  planned,
  refusals,
  ROOT_TOKEN,
  writes,
  type ChannelScene,
  readChannelHistory,
} from '../channels/scene';
import { must, never, stoppingHttp } from '../scene';
import { testPorts } from '../test-ports';

const undo = (made: Awaited<ReturnType<typeof channelScene>>, importId: string, confirmedLoss?: string) =>
  undoChannel(made.ports, importId, confirmedLoss, never());

describe('a key', () => {
  test('becomes a channel: the plan is shown first, and what is read back is what was agreed', async () => {
    const made = await channelScene();
    const opened = await open(made);
    expect(opened).toMatchObject({
      models: { kind: 'listed', names: expect.arrayContaining(MODELS) as unknown },
      groups: ['default', 'svip', 'vip'],
      draft: { baseUrl: made.relay.origin, spoken: 'openai', groups: ['default'] },
    });
    expect(planned(opened)).toMatchObject({ kind: 'create', rest: 2, candidates: [] });
    expect(writes(made.admin)).toEqual([]);
    const outcome = await applyImport(made, opened.draft, planned(opened).hash);
    expect(outcome).toMatchObject({ kind: 'written', made: true, channel: { id: 3, state: 'on' } });
    expect(made.admin.channels[2]).toMatchObject({
      key: KEY,
      baseUrl: made.relay.origin,
      group: 'default',
      type: 1,
    });
    expect(writes(made.admin)).toEqual(['POST /api/channel/']);
    expect(made.admin.channels.slice(0, 2).map(({ name }) => name)).toEqual(['theirs', 'off']);
  });

  test('that was imported is known again, by our own record and not by its text', async () => {
    const made = await channelScene();
    await importIt(made);
    const again = planned(await open(made));
    expect(again).toMatchObject({ kind: 'unchanged', channelId: 3, candidates: [{ grade: 'own' }] });
    made.relay.setModels([...MODELS, 'o3']);
    const opened = await open(made);
    expect(planned(opened)).toMatchObject({ kind: 'update', channelId: 3, added: [{ name: 'o3' }] });
    const outcome = await applyImport(made, opened.draft, planned(opened).hash);
    expect(outcome).toMatchObject({ kind: 'written', made: false });
    expect(made.admin.channels[2]!.models.split(',')).toContain('o3');
    expect(made.admin.channels[2]!.key).toBe(KEY);
    const asked = made.admin.requests.map(({ path }) => path).join('\n');
    expect(asked).not.toContain('search');
    expect(asked).not.toContain(fakeKey('one', 1));
  });

  test('whose relay has a channel of somebody’s is the user’s to place', async () => {
    const made = await channelScene();
    made.admin.channels[0]!.baseUrl = `${made.relay.origin}/`;
    const opened = await open(made);
    expect(opened.planned).toMatchObject({
      kind: 'choose',
      candidates: [{ channelId: 1, grade: 'same-url' }],
    });
    const draft = { ...opened.draft, target: { kind: 'join' as const, channelId: 1 } };
    const again = must(await planChannelDialog(made.ports, new Map(), made.newApiId, made.keyId, draft));
    if (again.kind !== 'plan') throw new Error(again.kind);
    expect(again.plan).toMatchObject({ kind: 'update', channelId: 1, channelName: 'theirs' });
    const outcome = await applyImport(made, draft, again.plan.hash);
    expect(outcome).toMatchObject({ kind: 'written', made: false });
    expect(made.admin.channels[0]).toMatchObject({ key: 'sk-their-secret-0001', tag: 'x', name: 'theirs' });
    expect(made.admin.channels[0]!.models).toMatch(/^a,b,/);
  });

  test('is not written when another client came between plan and import: the new plan is shown', async () => {
    const made = await channelScene();
    const opened = await open(made);
    made.admin.channels[0]!.baseUrl = made.relay.origin;
    const outcome = await applyImport(made, opened.draft, planned(opened).hash);
    expect(outcome).toMatchObject({ kind: 'replan', planned: { kind: 'choose' } });
    expect(writes(made.admin)).toEqual([]);
  });

  test('does not join a channel that is not the one of the plan any more', async () => {
    const made = await channelScene();
    await importIt(made);
    made.relay.setModels([...MODELS, 'o3']);
    const opened = await open(made);
    made.admin.channels[2]!.models = 'theirs';
    const outcome = await applyImport(made, opened.draft, planned(opened).hash);
    expect(outcome).toMatchObject({ kind: 'replan', planned: { kind: 'plan', plan: { kind: 'update' } } });
    expect(made.admin.channels[2]!.models).toBe('theirs');
  });

  test('is journaled before it is sent, without a secret in any document but the keys’ own', async () => {
    const made = await channelScene();
    await importIt(made);
    expect(must(await readChannelHistory(made.ports))).toMatchObject([
      { action: 'create', phase: 'done', channelId: 3, keyId: made.keyId, undoable: true },
    ]);
    const journal = made.device.local.get('journal') ?? '';
    expect(journal).toContain('"about":"channel"');
    for (const secret of [KEY, fakeKey('one', 1), ROOT_TOKEN]) expect(journal).not.toContain(secret);
  });

  test('whose channel was made although the answer did not come is found all the same', async () => {
    const made = await channelScene();
    const opened = await open(made);
    const deaf = deafTo(made.ports, ({ method, url }) => method === 'POST' && url.endsWith('/api/channel/'));
    const outcome = await applyImport({ ...made, ports: deaf }, opened.draft, planned(opened).hash);
    expect(outcome).toMatchObject({ kind: 'written', made: true, channel: { id: 3 } });
    expect(made.admin.channels.length).toBe(3);
  });

  test('whose channel was neither answered nor made is not said to be there', async () => {
    const made = await channelScene();
    const opened = await open(made);
    const lost = {
      ...made.ports,
      http: {
        send: (request: HttpRequest) =>
          request.method === 'POST' && request.url.endsWith('/api/channel/')
            ? Promise.resolve(fail({ code: 'timeout' as const, host: 'x', seconds: 10 }))
            : made.ports.http.send(request),
      },
    };
    const outcome = await applyImport({ ...made, ports: lost }, opened.draft, planned(opened).hash);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'relay-timeout' } });
    expect(must(await readChannelHistory(made.ports))).toMatchObject([{ phase: 'needs-look' }]);
  });
});

test('a key of the New API itself becomes no channel of it, in whatever way its address is spelled', async () => {
  const made = await channelScene();
  for (const address of [made.admin.origin, `${made.admin.origin.replace('127.0.0.1', 'localhost')}/v1/`]) {
    const keyId = must(await addKey(made.ports, { relayName: 'Own', baseUrl: address, key: `${KEY}own` }));
    const refused = { kind: 'failed', failure: { code: 'channel-own-site' } };
    const opened = await open({ ...made, keyId });
    expect(opened.planned).toMatchObject(refused);
    const target = { kind: 'join' as const, channelId: 1 };
    for (const draft of [opened.draft, { ...opened.draft, target }])
      expect(await applyImport({ ...made, keyId }, draft, '')).toMatchObject({ planned: refused });
    must(await removeKey(made.ports, keyId));
  }
  expect(writes(made.admin)).toEqual([]);
});

test('a site without a group of the name default gets the channel in one that it has', async () => {
  const made = await channelScene({ groups: { vip: { description: '', selectable: true } } });
  expect((await open(made)).draft.groups).toEqual(['vip']);
  await importIt(made);
  expect(made.admin.channels.at(-1)).toMatchObject({ group: 'vip' });
});

describe('a server that does not take it', () => {
  test('refuses a wrong token exactly once, and nothing is sent after that', async () => {
    const made = await channelScene();
    const opened = await open(made);
    made.admin.users[0]!.accessToken = 'LabPatOtherFakeKeyFakeKeyFak0009';
    for (let times = 0; times < 3; times += 1)
      expect(await applyImport(made, opened.draft, planned(opened).hash)).toMatchObject({
        kind: 'failed',
        failure: { code: 'token-refused' },
      });
    expect(refusals(made.admin)).toBe(1);
  });

  test('says in plain words that an ordinary admin may not make channels', async () => {
    const made = await channelScene({
      users: [{ id: 1, username: 'helper', accessToken: ROOT_TOKEN, role: 10 }],
    });
    const opened = await open(made);
    expect(await applyImport(made, opened.draft, planned(opened).hash)).toMatchObject({
      kind: 'failed',
      failure: { code: 'channel-no-right' },
    });
    expect(must(await readChannelHistory(made.ports))).toMatchObject([{ phase: 'not-written' }]);
  });

  test.each([
    ['an error', { status: { '/api/channel': 500 } }, 'relay-error'],
    ['a web page', { html: true }, 'relay-html'],
    ['half an answer', { malformedJson: true }, 'relay-not-json'],
  ])('and answers %s is no empty list', async (_name, faults, code) => {
    const made = await channelScene();
    const opened = await open(made);
    Object.assign(made.admin.faults, faults);
    expect(await applyImport(made, opened.draft, planned(opened).hash)).toMatchObject({
      kind: 'failed',
      failure: { code },
    });
    expect(writes(made.admin)).toEqual([]);
  });

  test('and makes two that cannot be told apart says so', async () => {
    const made = await channelScene();
    const opened = await open(made);
    // Another client makes the same one at the same time.
    const { http } = made.ports;
    const twice = {
      ...made.ports,
      http: {
        send: async (request: Parameters<typeof http.send>[0]) => {
          if (request.method === 'POST' && request.url.endsWith('/api/channel/')) await http.send(request);
          return http.send(request);
        },
      },
    };
    const outcome = await applyImport({ ...made, ports: twice }, opened.draft, planned(opened).hash);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'channel-untold' } });
    expect(must(await readChannelHistory(made.ports))).toMatchObject([
      { phase: 'needs-look', undoable: false },
    ]);
  });
});

describe('undo', () => {
  test('deletes the channel that an import made', async () => {
    const made = await channelScene();
    const { importId } = await importIt(made);
    expect(await undo(made, importId)).toEqual({ kind: 'undone' });
    expect(made.admin.channels.map(({ id }) => id)).toEqual([1, 2]);
    expect(must(await readChannelHistory(made.ports))).toMatchObject([{ phase: 'undone', undoable: false }]);
    expect(planned(await open(made)).kind).toBe('create');
  });

  test('shows what somebody did with the channel since, and goes on only if told to', async () => {
    const made = await channelScene();
    const { importId } = await importIt(made);
    made.admin.channels[2]!.models += ',theirs-1';
    made.admin.channels[2]!.priority = 9;
    const first = await undo(made, importId);
    expect(first).toMatchObject({
      kind: 'changed',
      lost: [{ field: 'models' }, { field: 'priority', to: '9' }],
    });
    expect(made.admin.channels.length).toBe(3);
    if (first.kind !== 'changed') throw new Error();
    made.admin.channels[2]!.priority = 8;
    expect(await undo(made, importId, first.hash)).toMatchObject({ kind: 'changed' });
    made.admin.channels[2]!.priority = 9;
    expect(await undo(made, importId, first.hash)).toEqual({ kind: 'undone' });
    expect(made.admin.channels.length).toBe(2);
  });

  test('puts back the fields that an import changed, and leaves the others', async () => {
    const made = await channelScene();
    const { channelId } = await importIt(made);
    const before = made.admin.channels[2]!.models;
    made.relay.setModels([...MODELS, 'o3']);
    const { importId } = await importIt(made);
    made.admin.channels[2]!.group = 'vip';
    expect(await undo(made, importId)).toEqual({ kind: 'undone' });
    expect(made.admin.channels[2]).toMatchObject({ id: channelId, models: before, group: 'vip', key: KEY });
  });

  test('of a channel that is gone is done; of a change to one, it cannot be', async () => {
    const made = await channelScene();
    const first = await importIt(made);
    made.relay.setModels([...MODELS, 'o3']);
    const second = await importIt(made);
    made.admin.channels.splice(2, 1);
    expect(await undo(made, second.importId)).toMatchObject({ failure: { code: 'channel-gone' } });
    expect(await undo(made, first.importId)).toEqual({ kind: 'undone' });
  });
});

describe('a write that was cut off', () => {
  /** The worker is stopped right after the server has done it. */
  async function cutOff(made: ChannelScene): Promise<void> {
    const opened = await open(made);
    const stopped = stoppingHttp(
      ({ method, url }) => method !== 'GET' && url.includes('/api/channel/'),
      'after',
    );
    void applyImport(
      { ...made, ports: { ...made.ports, http: stopped.http } },
      opened.draft,
      planned(opened).hash,
    );
    await stopped.reached;
  }
  const later = (made: ChannelScene): ChannelScene => {
    const clock = { ...made.clock, now: () => made.clock.now() + 5 * 60_000 };
    return { ...made, ports: testPorts(made.device, { clock }) };
  };

  test('wants a look, and the next list tells that the channel is there: it is ours and can be undone', async () => {
    const made = await channelScene();
    await cutOff(made);
    expect(must(await readChannelHistory(made.ports))).toMatchObject([{ phase: 'writing', channelId: null }]);
    const next = later(made);
    expect(must(await readChannelHistory(next.ports))).toMatchObject([{ phase: 'needs-look' }]);
    expect(must(await listChannels(next.ports, made.newApiId)).keys).toEqual({ 3: made.keyId });
    const [record] = must(await readChannelHistory(next.ports));
    expect(record).toMatchObject({ phase: 'done', channelId: 3, undoable: true });
    // It is not certain that it is ours: only what was asked for twice is deleted.
    const asked = await undo(next, record!.id);
    expect(asked).toMatchObject({ kind: 'changed', unsure: true, channelName: made.admin.channels[2]!.name });
    expect(made.admin.channels.length).toBe(3);
    if (asked.kind !== 'changed') throw new Error();
    expect(await undo(next, record!.id, asked.hash)).toEqual({ kind: 'undone' });
    expect(made.admin.channels.length).toBe(2);
  });

  test('that never arrived is said to be not written', async () => {
    const made = await channelScene();
    await cutOff(made);
    made.admin.channels.splice(2, 1);
    const next = later(made);
    must(await listChannels(next.ports, made.newApiId));
    expect(must(await readChannelHistory(next.ports))).toMatchObject([{ phase: 'not-written' }]);
  });

  test('to a channel that was there is told by what it holds', async () => {
    const made = await channelScene();
    await importIt(made);
    const before = made.admin.channels[2]!.models;
    made.relay.setModels([...MODELS, 'o3']);
    await cutOff(made);
    must(await listChannels(later(made).ports, made.newApiId));
    expect(must(await readChannelHistory(later(made).ports))[0]).toMatchObject({
      action: 'update',
      phase: 'done',
    });
    expect(made.admin.channels[2]!.models).not.toBe(before);
  });
});
