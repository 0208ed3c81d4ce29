import { describe, expect, test } from 'vitest';
import type { EntryEdit } from '../../../src/core/entries/entry-edit';
import type { ListName } from '../../../src/core/cliproxyapi/lists/list-traits';
import { addKey, removeKey } from '../../../src/workflows/accounts/keep-keys';
import { askAgain } from '../../../src/workflows/import/ask-again';
import { editEntry } from '../../../src/workflows/entries/edit-entry';
import { listEntries, planEntry } from '../../../src/workflows/entries/open-entry';
import { recover } from '../../../src/workflows/undo/recover';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import type { JsonObject } from '../../fakes/cliproxyapi.ts';
import {
  apply,
  cardOf,
  isWrite,
  must,
  never,
  nextLife,
  opened,
  OTHERS,
  planDialog,
  providers,
  recordsOf,
  RELAY_KEY,
  scene,
  type Scene,
  SECOND_KEY,
  stoppingHttp,
} from '../scene';

/** Plans and applies an edit of the nth entry of a list, as from the list of all entries. */
async function edit(
  { ports }: Pick<Scene, 'ports'>,
  family: ListName,
  nth: number,
  change: EntryEdit,
  keyId = '',
) {
  const base = new Map();
  const entries = must(await listEntries(ports)).filter((entry) => entry.list === family);
  const { id, index } = entries[nth]!;
  const ref = { list: family, id, index, keyIndex: 0 };
  const planned = must(await planEntry(ports, base, ref, change));
  if (planned.kind !== 'plan') return planned;
  return editEntry(ports, { ref, edit: change, hash: planned.hash, keyId, signal: never() });
}

const undoLast = async ({ ports }: Scene) =>
  undoImport(ports, (await recordsOf(ports))[0]!.id, undefined, never());

async function importInto(made: Scene, family: ListName, keyId = made.keyId, headers = {}) {
  const bases = new Map();
  const { draft: first } = await opened(made.ports, keyId, bases);
  const draft = { ...first, list: family, options: { headers } };
  const planned = await planDialog(made.ports, bases, keyId, draft);
  if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
  return apply(made.ports, keyId, draft, planned.plan.hash);
}

const entry = (key: string, host: string, more: JsonObject = {}): JsonObject => ({
  'api-key': key,
  'base-url': `https://${host}.example`,
  models: [{ name: 'm', alias: 'm' }],
  ...more,
});

describe('a change that takes headers out of an entry that is a key', () => {
  test('goes by way of its own list, and leaves every other list alone', async () => {
    const made = await scene();
    const family = 'claude-api-key';
    await made.proxy.setLists(family, [
      entry('K-other', 'a'),
      { ...entry(RELAY_KEY, 'b', { headers: { 'X-A': 'a' } }), 'base-url': made.relay.origin },
    ]);
    const before = structuredClone(made.proxy.lists);
    await importInto(made, family, made.keyId, { 'X-B': 'b' });
    expect(made.proxy.lists[family][1]).toMatchObject({ headers: { 'X-A': 'a', 'X-B': 'b' } });
    expect(await undoLast(made)).toEqual({ kind: 'undone' });
    expect(made.proxy.lists).toEqual(before);
    expect(providers(made.proxy)).toHaveLength(OTHERS.length);
  });

  test('never leaves them to another entry of the same key at another host', async () => {
    const made = await scene();
    const list = [
      entry('K', 'a', { headers: { 'X-A': 'secret-a' } }),
      entry('K', 'b', { headers: { 'X-B': 'b' } }),
    ];
    await made.proxy.setLists('claude-api-key', list);
    expect(await edit(made, 'claude-api-key', 0, { remove: 'entry' })).toEqual({ kind: 'done' });
    expect(made.proxy.lists['claude-api-key']).toMatchObject([{ headers: { 'X-B': 'b' } }]);
    expect(JSON.stringify(made.proxy.lists['claude-api-key'])).not.toContain('secret-a');
    expect(await undoLast(made)).toEqual({ kind: 'undone' });
    expect(made.proxy.lists['claude-api-key']).toMatchObject([list[1]!, list[0]!]);
  });

  test('keeps both of two that the server tells apart by them alone', async () => {
    const made = await scene();
    const list = [entry('K', 'g', { headers: { 'X-A': '1' } }), entry('K', 'g', { priority: 3 })];
    await made.proxy.setLists('gemini-api-key', list);
    expect(await edit(made, 'gemini-api-key', 0, { remove: 'entry' })).toEqual({ kind: 'done' });
    expect(made.proxy.lists['gemini-api-key']).toMatchObject([{ priority: 3 }]);
    expect(JSON.stringify(made.proxy.lists['gemini-api-key'])).not.toContain('X-A');
  });
});

test('an entry is not made the same as another one, of which the server would drop one', async () => {
  const made = await scene();
  const list = [entry('K', 'g', { 'proxy-url': 'direct' }), entry('K', 'g', { priority: 4 })];
  await made.proxy.setLists('gemini-api-key', list);
  expect(await edit(made, 'gemini-api-key', 1, { proxyUrl: 'direct' })).toEqual({
    kind: 'failed',
    failure: { code: 'same-entry', list: 'gemini-api-key' },
  });
  expect(made.proxy.lists['gemini-api-key']).toMatchObject(list);
});

test('a provider that gets another name leaves its headers to no namesake', async () => {
  const made = await scene();
  const dup = (host: string, headers: JsonObject): JsonObject => ({
    name: 'dup',
    'base-url': `https://${host}.example/v1`,
    models: [{ name: 'm', alias: 'm' }],
    headers,
  });
  await made.proxy.setLists('openai-compatibility', [
    dup('a', { 'X-A': 'secret-a' }),
    dup('b', { 'X-B': 'b' }),
  ]);
  expect(await edit(made, 'openai-compatibility', 0, { name: 'other' })).toEqual({ kind: 'done' });
  expect(providers(made.proxy)).toMatchObject([
    { name: 'other', headers: { 'X-A': 'secret-a' } },
    { name: 'dup', headers: { 'X-B': 'b' } },
  ]);
  expect(providers(made.proxy)[1]?.['headers']).toEqual({ 'X-B': 'b' });
  expect(await undoLast(made)).toEqual({ kind: 'failed', failure: { code: 'name-in-use', name: 'dup' } });
});

test('weight 0 is a value of its own, and weight and proxy can be taken out again', async () => {
  const made = await scene();
  const family = 'codex-api-key';
  const one = {
    ...entry('K', 'c', { weight: 3, 'proxy-url': 'direct' }),
    'base-url': 'https://c.example/v1',
  };
  await made.proxy.setLists(family, [one]);
  expect(await edit(made, family, 0, { weight: '0' })).toEqual({ kind: 'done' });
  expect(made.proxy.lists[family]).toMatchObject([{ weight: 0 }]);
  expect(await edit(made, family, 0, { weight: '', proxyUrl: '' })).toEqual({ kind: 'done' });
  expect(made.proxy.lists[family][0]?.['weight']).toBeUndefined();
  expect(made.proxy.lists[family][0]?.['proxy-url'] ?? '').toBe('');
});

describe('cards', () => {
  /** Two keys of one relay in one list, each with its card. */
  async function two(family: ListName) {
    const made = await scene();
    const second = must(
      await addKey(made.ports, { relayName: 'Second', baseUrl: made.relay.origin, key: SECOND_KEY }),
    );
    await importInto(made, family);
    await importInto(made, family, second);
    return { ...made, second };
  }

  test('of other keys at the same host are not touched by what becomes of one', async () => {
    const made = await two('claude-api-key');
    await edit(made, 'claude-api-key', 0, { paused: true });
    expect(await cardOf(made.ports, made.keyId)).toMatchObject({ served: 0 });
    expect(await cardOf(made.ports, made.second)).toMatchObject({ served: 3 });
    await edit(made, 'claude-api-key', 0, { remove: 'entry' });
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
    expect(await cardOf(made.ports, made.second)).toMatchObject({ served: 3 });
  });

  test('of a key that was removed go, wherever the removal was begun, also when it was cut off', async () => {
    const made = await two('openai-compatibility');
    const at = providers(made.proxy).length - 1;
    const { http, reached } = stoppingHttp(isWrite, 'after');
    void edit({ ports: nextLife(made, { http }) }, 'openai-compatibility', at, { remove: 'key' });
    await reached;
    const ports = nextLife(made);
    await recover(ports);
    expect(await cardOf(ports, made.keyId)).toBeUndefined();
    expect(await cardOf(ports, made.second)).toMatchObject({ served: 3 });
  });

  test.each<[string, EntryEdit]>([
    ['key', { remove: 'key' }],
    ['provider', { remove: 'entry' }],
  ])('of a %s that was removed come back with its undo, and claim nothing', async (_what, change) => {
    const made = await two('openai-compatibility');
    const [importId] = (await recordsOf(made.ports)).map(({ id }) => id).toReversed();
    const at = providers(made.proxy).length - 1;
    await edit(made, 'openai-compatibility', at, change);
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
    expect(await undoLast(made)).toEqual({ kind: 'undone' });
    const back = { kind: 'proved', served: 0, basis: 'none', missing: [{ reason: 'unknown' }], importId };
    expect(await cardOf(made.ports, made.keyId)).toMatchObject(back);
    expect(await askAgain(made.ports, made.keyId, never())).toMatchObject({ card: { served: 3 } });
  });

  test('of a key that was forgotten meanwhile do not come back, and its text is not there to be written', async () => {
    const made = await two('openai-compatibility');
    await edit(made, 'openai-compatibility', providers(made.proxy).length - 1, { remove: 'entry' });
    must(await removeKey(made.ports, made.keyId));
    expect(await undoLast(made)).toMatchObject({ kind: 'failed', failure: { code: 'undo-secret-gone' } });
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
  });

  test('are asked about in the list that they speak of', async () => {
    const made = await scene();
    await importInto(made, 'openai-compatibility');
    await importInto(made, 'claude-api-key');
    await made.proxy.setLists('claude-api-key', []);
    expect(await askAgain(made.ports, made.keyId, never())).toEqual({
      kind: 'failed',
      failure: { code: 'not-in-list' },
    });
  });
});

test('an entry that names no models, and for which none were chosen here, is not asked about', async () => {
  const made = await scene();
  await made.proxy.setLists('claude-api-key', [{ 'api-key': RELAY_KEY, 'base-url': made.relay.origin }]);
  expect(await askAgain(made.ports, made.keyId, never())).toEqual({
    kind: 'failed',
    failure: { code: 'nothing-to-ask' },
  });
});

test('an import goes through although somebody puts an entry before it at the same moment', async () => {
  const made = await scene();
  const family = 'claude-api-key';
  await made.proxy.setLists(family, [
    entry('K0', 'z'),
    { ...entry(SECOND_KEY, 'x'), 'base-url': made.relay.origin },
    { ...entry(RELAY_KEY, 'x'), 'base-url': made.relay.origin },
  ]);
  let seen = 0;
  made.proxy.faults.onRequest = async (method, path) => {
    if (method !== 'GET' || !path.endsWith('/config') || ++seen !== 3) return;
    await made.proxy.setLists(family, [entry('NEW', 'y'), ...made.proxy.lists[family]]);
  };
  expect(await importInto(made, family)).toMatchObject({ kind: 'proved', card: { served: 3 } });
});

test('no password of a proxy is shown, however it was typed', async () => {
  const made = await scene();
  for (const proxy of [
    'user:hunter2@10.0.0.1:1080',
    'socks5:user:hunter2@h:1',
    'http:\\\\user:hunter2@h:1',
  ]) {
    await made.proxy.setLists('claude-api-key', [entry('K', 'c', { 'proxy-url': proxy })]);
    const base = new Map();
    const all = must(await listEntries(made.ports));
    const one = all.find(({ list }) => list === 'claude-api-key')!;
    const ref = { list: one.list, id: one.id, index: one.index, keyIndex: 0 };
    const plan = must(await planEntry(made.ports, base, ref, { proxyUrl: '' }));
    expect(JSON.stringify([one, plan])).not.toContain('hunter2');
  }
});
