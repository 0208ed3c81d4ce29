import { describe, expect, test } from 'vitest';
import type { ExportOptions, ExportOutcome, ExportView } from '../../../src/core/channels/view';
import { fail } from '../../../src/core/failures/result';
import { exportKeys } from '../../../src/workflows/channel-import/export-keys';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { openExport, planExport, type Exports } from '../../../src/workflows/channel-import/open-export';
import { undoChannel } from '../../../src/workflows/channels/undo-channel';
import type { Ports } from '../../../src/workflows/ports';
import {
  channelScene,
  importIt,
  refusals,
  ROOT_TOKEN,
  SECOND,
  writes,
  type ChannelScene,
} from '../channels/scene';
import { fakeKey } from '../../fakes/new-api.ts';
import { must, never } from '../scene';

const OPTIONS: ExportOptions = {
  groups: ['vip'],
  priority: 2,
  weight: 1,
  tag: 'mine',
  existing: 'pass-over',
};

async function twoKeys(options: Parameters<typeof channelScene>[0] = {}) {
  const made = await channelScene(options);
  const second = must(
    await addKey(made.ports, { relayName: 'My relay', baseUrl: made.relay.origin, key: SECOND }),
  );
  return { ...made, keyIds: [made.keyId, second] };
}

const exports: Exports = new Map();
const openAll = async ({ ports, newApiId }: ChannelScene, keyIds: string[]): Promise<ExportView> =>
  must(
    await openExport(ports, exports, { exportId: 'e', newApiId, keyIds, options: OPTIONS, signal: never() }),
  );
const applyAll = ({ ports }: ChannelScene, hash: string, signal = never()): Promise<ExportOutcome> =>
  exportKeys(ports, { exportId: 'e', opened: exports.get('e')!, options: OPTIONS, hash, signal });

describe('a quick export', () => {
  test('makes a channel of each key, also of two keys of one relay, with a result for each', async () => {
    const made = await twoKeys();
    const view = await openAll(made, made.keyIds);
    expect(view.items.map(({ kind }) => kind)).toEqual(['create', 'create']);
    expect(writes(made.admin)).toEqual([]);
    const outcome = await applyAll(made, view.hash);
    expect(outcome).toMatchObject({
      kind: 'done',
      results: [
        { kind: 'written', channelId: 3, made: true },
        { kind: 'written', channelId: 4, made: true },
      ],
    });
    expect(made.admin.channels.slice(2)).toMatchObject([
      { group: 'vip', priority: 2, weight: 1, tag: 'mine' },
      { key: SECOND },
    ]);
    expect(JSON.stringify([view, outcome])).not.toContain('LabtwoFake');
  });

  test('once more finds nothing to do, and each can be undone by its own', async () => {
    const made = await twoKeys();
    const outcome = await applyAll(made, (await openAll(made, made.keyIds)).hash);
    expect((await openAll(made, made.keyIds)).items.map(({ kind }) => kind)).toEqual([
      'unchanged',
      'unchanged',
    ]);
    const [first] = outcome.kind === 'done' ? outcome.results : [];
    if (first?.kind !== 'written') throw new Error(outcome.kind);
    const { importId } = first;
    expect(await undoChannel(made.ports, importId, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.admin.channels.map(({ id }) => id)).toEqual([1, 2, 4]);
  });

  test('passes over a relay that has channels of others, or makes new ones if it is to', async () => {
    const made = await twoKeys();
    made.admin.channels[0]!.baseUrl = made.relay.origin;
    const view = await openAll(made, made.keyIds);
    expect(view.items).toMatchObject([
      { kind: 'passed-over', candidates: [{ channelId: 1 }] },
      { kind: 'passed-over' },
    ]);
    const other = must(await planExport(made.ports, exports, 'e', { ...OPTIONS, existing: 'make-new' }));
    expect(other.items.map(({ kind }) => kind)).toEqual(['create', 'create']);
    expect(await applyAll(made, view.hash)).toMatchObject({
      results: [{ kind: 'passed-over' }, { kind: 'passed-over' }],
    });
    expect(writes(made.admin)).toEqual([]);
  });

  test('goes on past a key whose relay does not answer', async () => {
    const made = await twoKeys();
    const dead = must(
      await addKey(made.ports, {
        relayName: 'Dead',
        baseUrl: made.relay.origin,
        key: 'sk-dead-key-of-nobody',
      }),
    );
    const view = await openAll(made, [dead, ...made.keyIds]);
    const byKey = new Map(view.items.map((item) => [item.keyId, item.kind]));
    expect(byKey.get(dead)).toBe('failed');
    const outcome = await applyAll(made, view.hash);
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    expect(outcome.results.map(({ kind }) => kind).toSorted()).toEqual(['failed', 'written', 'written']);
  });

  test('leaves out a key of the New API itself and says why, also where new channels are wanted', async () => {
    const made = await twoKeys({ keys: [{ id: 1, name: 'own', key: fakeKey('own', 9) }] });
    const own = must(
      await addKey(made.ports, {
        relayName: 'Own',
        baseUrl: made.admin.origin,
        key: `sk-${fakeKey('own', 9)}`,
      }),
    );
    const view = await openAll(made, [own, made.keyId]);
    const refused = { kind: 'failed', failure: { code: 'channel-own-site' } };
    expect(view.items).toMatchObject([refused, { kind: 'create' }]);
    expect(await applyAll(made, view.hash)).toMatchObject({ results: [refused, { kind: 'written' }] });
    expect(made.admin.channels.length).toBe(3);
  });

  test('puts channels in a group of the site, where it has none of the wanted ones', async () => {
    const made = await twoKeys({ groups: { svip: { description: '', selectable: true } } });
    await applyAll(made, (await openAll(made, made.keyIds)).hash);
    expect(made.admin.channels.slice(2).map(({ group }) => group)).toEqual(['svip', 'svip']);
  });

  test('writes nothing when another client came between plan and export', async () => {
    const made = await twoKeys();
    const view = await openAll(made, made.keyIds);
    made.admin.channels[1]!.baseUrl = made.relay.origin;
    expect(await applyAll(made, view.hash)).toMatchObject({ kind: 'replan', view: { exportId: 'e' } });
    expect(writes(made.admin)).toEqual([]);
  });

  test('of an admin without the right is refused once, and the rest is not tried', async () => {
    const made = await twoKeys({ users: [{ id: 1, username: 'h', accessToken: ROOT_TOKEN, role: 10 }] });
    const outcome = await applyAll(made, (await openAll(made, made.keyIds)).hash);
    expect(outcome).toMatchObject({
      results: [{ kind: 'failed', failure: { code: 'channel-no-right' } }, { kind: 'not-tried' }],
    });
    expect(writes(made.admin).length).toBe(1);
  });

  test('leaves out a name that no channel can hold, and says so', async () => {
    const made = await twoKeys();
    made.relay.setModels(['gpt-4o', 'gpt-4o,turbo']);
    const view = await openAll(made, made.keyIds);
    expect(view.items).toMatchObject([
      { kind: 'create', models: 1, leftOut: 1 },
      { kind: 'create', models: 1, leftOut: 1 },
    ]);
    await applyAll(made, view.hash);
    expect(made.admin.channels.slice(2).map(({ models }) => models)).toEqual(['gpt-4o', 'gpt-4o']);
  });

  test('to a server that is not reached any more does not try the rest', async () => {
    const made = await twoKeys();
    const view = await openAll(made, made.keyIds);
    const { http } = made.ports;
    const ports: Ports = {
      ...made.ports,
      http: {
        send: async (asked) =>
          asked.method === 'POST' && asked.url.endsWith('/api/channel/')
            ? fail({ code: 'unreachable', host: new URL(asked.url).host })
            : http.send(asked),
      },
    };
    expect(await applyAll({ ...made, ports }, view.hash)).toMatchObject({
      results: [{ failure: { code: 'relay-unreachable' } }, { kind: 'not-tried' }],
    });
  });

  test('with a wrong token sends it once', async () => {
    const made = await twoKeys();
    const { hash } = await openAll(made, made.keyIds);
    made.admin.users[0]!.accessToken = 'LabPatOtherFakeKeyFakeKeyFak0009';
    expect(await applyAll(made, hash)).toMatchObject({ kind: 'failed', failure: { code: 'token-refused' } });
    expect(refusals(made.admin)).toBe(1);
  });

  test('joins what an import made before', async () => {
    const made = await twoKeys();
    await importIt(made);
    made.relay.setModels(['gpt-4o', 'gpt-4o-mini', 'deepseek-chat', 'o3']);
    const view = await openAll(made, [made.keyId]);
    expect(view.items).toMatchObject([{ kind: 'update', changes: [{ field: 'models' }] }]);
    expect(await applyAll(made, view.hash)).toMatchObject({ results: [{ kind: 'written', made: false }] });
  });
});
