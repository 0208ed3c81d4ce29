import { describe, expect, test } from 'vitest';
import type { ProvedCard } from '../../../src/core/cliproxyapi/proved-card';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { recover } from '../../../src/workflows/undo/recover';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import type { JsonObject } from '../../fakes/cliproxyapi.ts';
import {
  cardOf,
  importNow,
  must,
  never,
  nextLife,
  noticesOf,
  OTHERS,
  providers,
  publicModels,
  recordsOf,
  RELAY_KEY,
  isWrite,
  scene,
  SECOND_KEY,
  stoppingHttp,
  writes,
  type Scene,
} from '../scene';

const THEIRS = 'sk-theirs-0000000000000003';

interface Imported extends Scene {
  importId: string;
  /** Another client changes the entry of our import. */
  changeEntry(change: (entry: JsonObject) => JsonObject): Promise<void>;
}

/** A scene with one import behind it: into a provider that was there, or as a new one. */
async function imported(kind: 'create' | 'join'): Promise<Imported> {
  const made = await scene();
  const mine: JsonObject = {
    name: 'mine',
    'base-url': `${made.relay.origin}/v1`,
    'api-key-entries': [{ 'api-key': SECOND_KEY, weight: 4 }],
    models: [{ name: 'gpt-4o', alias: 'big', thinking: { min: 1 } }],
    headers: { 'X-Mine': 'header-secret' },
  };
  if (kind === 'join') await made.proxy.setLists('openai-compatibility', [...OTHERS, mine]);
  expect(await importNow(made.ports, made.keyId)).toMatchObject({ kind: 'proved' });
  await made.proxy.settled();
  made.proxy.requests.length = 0;
  const [record] = await recordsOf(made.ports);
  return {
    ...made,
    importId: record?.id ?? '',
    async changeEntry(change) {
      const list = providers(made.proxy);
      const last = list.at(-1);
      if (last) await made.proxy.setLists('openai-compatibility', [...list.slice(0, -1), change(last)]);
    },
  };
}

const undo = ({ ports, importId }: Pick<Imported, 'ports' | 'importId'>, agreed?: string) =>
  undoImport(ports, importId, agreed, never());

/** Asks what an undo would lose, and agrees to take out our part only. */
async function undoOurs(made: Imported) {
  const asked = await undo(made);
  if (asked.kind !== 'changed' || !asked.oursOnly) throw new Error(JSON.stringify(asked));
  return { changes: asked.oursOnly.changes, hash: asked.oursOnly.hash };
}

const addTheirs = (entry: JsonObject): JsonObject => ({
  ...entry,
  prefix: 'p',
  'api-key-entries': [...(entry['api-key-entries'] as []), { 'api-key': THEIRS, weight: 2 }],
  models: [...(entry['models'] as []), { name: 'new-model', alias: 'newest' }],
});

test.each(['create', 'join'] as const)(
  'an undo of our part (%s) leaves all that another client changed since, and is journaled',
  async (kind) => {
    const made = await imported(kind);
    await made.changeEntry(addTheirs);
    const { changes, hash } = await undoOurs(made);
    expect(writes(made.proxy)).toEqual([]);
    expect(changes.map(({ sign, kind: row }) => `${sign} ${row}`)).toEqual([
      '= provider',
      '− keys',
      '− models',
      '= in-it',
    ]);
    expect(JSON.stringify(changes)).not.toContain(RELAY_KEY);
    const ports = nextLife(made);
    expect(await undo({ ...made, ports }, hash)).toEqual({ kind: 'undone' });
    await made.proxy.settled();
    const last = providers(made.proxy).at(-1);
    expect(last).toMatchObject({ prefix: 'p', name: kind === 'join' ? 'mine' : 'My relay' });
    expect(last?.['api-key-entries']).toEqual([
      ...(kind === 'join' ? [{ 'api-key': SECOND_KEY, weight: 4 }] : []),
      { 'api-key': THEIRS, weight: 2 },
    ]);
    expect(last?.['models']).toEqual([
      ...(kind === 'join' ? [{ name: 'gpt-4o', alias: 'big', thinking: { min: 1 } }] : []),
      { name: 'new-model', alias: 'newest' },
    ]);
    if (kind === 'join') expect(last).toMatchObject({ headers: { 'X-Mine': 'header-secret' } });
    expect(providers(made.proxy).slice(0, -1)).toEqual(OTHERS);
    expect(await publicModels(made.proxy)).not.toContain('p/deepseek-chat');
    expect(await cardOf(ports, made.keyId)).toBeUndefined();
    expect((await noticesOf(ports)).at(-1)).toMatchObject({ kind: 'undone', oursOnly: true });
    expect((await recordsOf(ports)).map(({ action, phase, oursOnly }) => [action, phase, oursOnly])).toEqual([
      ['undo', 'done', true],
      ['import', 'undone', true],
    ]);
  },
);

test('tells where others set something at the key that goes, and is not offered where it is the same undo', async () => {
  const made = await imported('join');
  const setAtOurs = (entry: JsonObject): JsonObject => ({
    ...entry,
    'api-key-entries': (entry['api-key-entries'] as JsonObject[]).map((key) =>
      key['api-key'] === RELAY_KEY ? { ...key, weight: 9 } : key,
    ),
  });
  await made.changeEntry(setAtOurs);
  const asked = await undo(made);
  expect(asked).toMatchObject({ kind: 'changed', lost: { keys: 1, models: [], fields: [] } });
  expect(asked).not.toHaveProperty('oursOnly');
  await made.changeEntry(addTheirs);
  expect(await undo(made)).toMatchObject({ lost: { keys: 2 }, oursOnly: { ownKeys: 1, stays: [] } });
});

test('what was changed once more after it was shown is shown again, and nothing is written', async () => {
  const made = await imported('join');
  await made.changeEntry(addTheirs);
  const { hash } = await undoOurs(made);
  await made.changeEntry((entry) => ({ ...entry, prefix: 'q' }));
  expect(await undo(made, hash)).toMatchObject({ kind: 'changed', oursOnly: { changes: expect.any(Array) } });
  expect(writes(made.proxy)).toEqual([]);
});

test('an undo of our part that a stopped worker left behind is told as such by the next one', async () => {
  const made = await imported('join');
  await made.changeEntry(addTheirs);
  const { hash } = await undoOurs(made);
  const { http, reached } = stoppingHttp(isWrite, 'after');
  void undo({ ...made, ports: nextLife(made, { http }) }, hash);
  await reached;
  await made.proxy.settled();
  const ports = nextLife(made);
  await recover(ports);
  expect((await recordsOf(ports)).map(({ phase, oursOnly }) => [phase, oursOnly])).toEqual([
    ['done', true],
    ['undone', true],
  ]);
  expect((await noticesOf(ports)).at(-1)).toMatchObject({ kind: 'undone', oursOnly: true });
});

test('is not offered where the entry would have no key without ours', async () => {
  const made = await imported('create');
  await made.changeEntry((entry) => ({ ...entry, prefix: 'p' }));
  const asked = await undo(made);
  expect(asked).toMatchObject({ kind: 'changed', lost: { fields: ['prefix'] } });
  expect(asked).not.toHaveProperty('oursOnly');
});

test('an undo of our part that a reload reverts is done again', async () => {
  const made = await imported('join');
  await made.changeEntry(addTheirs);
  const { hash } = await undoOurs(made);
  made.proxy.faults.onRequest = async (method, path) => {
    if (method === 'GET' && path === '/v0/management/config' && writes(made.proxy).length > 0)
      await made.proxy.settled();
  };
  made.proxy.faults.revertNextWrites = 1;
  expect(await undo(made, hash)).toEqual({ kind: 'undone' });
  await made.proxy.settled();
  expect(JSON.stringify(providers(made.proxy))).not.toContain(RELAY_KEY);
  expect(JSON.stringify(providers(made.proxy))).toContain(THEIRS);
});

describe('the card of another key that came into the entry since', () => {
  async function joined(): Promise<Imported & { second: string }> {
    const made = await imported('create');
    const second = must(
      await addKey(made.ports, { relayName: 'Second', baseUrl: made.relay.origin, key: SECOND_KEY }),
    );
    expect(await importNow(made.ports, second)).toMatchObject({ kind: 'proved', card: { served: 3 } });
    await made.proxy.settled();
    return { ...made, second };
  }

  test('stays where its models do', async () => {
    const made = await joined();
    const { hash } = await undoOurs(made);
    expect(await undo(made, hash)).toEqual({ kind: 'undone' });
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
    expect(await cardOf(made.ports, made.second)).toMatchObject({ served: 3 });
  });

  test('claims no models that went, also after the worker was stopped', async () => {
    const unknown = { kind: 'proved', served: 0, basis: 'none', missing: [{ reason: 'unknown' }] };
    for (const stopped of [false, true]) {
      const made = await joined();
      await made.changeEntry((entry) => ({ ...entry, models: [...(entry['models'] as []), { name: 'x' }] }));
      const { hash } = await undoOurs(made);
      const { http, reached } = stoppingHttp(isWrite, 'after');
      const done = undo({ ...made, ports: stopped ? nextLife(made, { http }) : made.ports }, hash);
      await (stopped ? reached : done);
      const ports = nextLife(made);
      if (stopped) await recover(ports);
      expect((await recordsOf(ports)).at(-1)).toMatchObject({ phase: 'undone' });
      expect(await cardOf(ports, made.second)).toMatchObject(unknown);
    }
  });

  test('goes where the undo takes its key along', async () => {
    const made = await joined();
    const asked = await undo(made);
    if (asked.kind !== 'changed') throw new Error(asked.kind);
    expect(await undo(made, asked.hash)).toEqual({ kind: 'undone' });
    expect(await cardOf(made.ports, made.second)).toBeUndefined();
  });

  test('is another one’s where it speaks of another provider', async () => {
    const made = await joined();
    const own = (await cardOf(made.ports, made.second)) as object;
    await made.ports.saved.change(({ cards }) => {
      cards[made.second] = { ...(own as ProvedCard), providerName: 'elsewhere' };
    });
    const asked = await undo(made);
    if (asked.kind !== 'changed') throw new Error(asked.kind);
    expect(await undo(made, asked.hash)).toEqual({ kind: 'undone' });
    expect(await cardOf(made.ports, made.second)).toMatchObject({ served: 3, providerName: 'elsewhere' });
  });
});
