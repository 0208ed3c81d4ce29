import { describe, expect, test } from 'vitest';
import { LIST_NAMES } from '../../../src/core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../../src/core/cliproxyapi/lists/table';
import type { EntryEdit } from '../../../src/core/entries/entry-edit';
import { editEntry } from '../../../src/workflows/entries/edit-entry';
import { listEntries, openEntry, planEntry } from '../../../src/workflows/entries/open-entry';
import { recover } from '../../../src/workflows/undo/recover';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import {
  apply,
  asWritten,
  cardOf,
  entryOf,
  importNow,
  isWrite,
  must,
  never,
  nextLife,
  noticesOf,
  opened,
  planDialog,
  providers,
  publicModels,
  recordsOf,
  RELAY_KEY,
  scene,
  type Scene,
  SECOND_KEY,
  stoppingHttp,
  writes,
} from '../scene';

async function plan(made: Scene, edit: EntryEdit, ports = made.ports) {
  const base = new Map();
  const { entry, keyIndex } = must(await openEntry(ports, base, made.keyId));
  const { list, id, index } = entry;
  const ref = { list, id, index, keyIndex };
  const planned = must(await planEntry(ports, base, ref, edit));
  return { ref, planned, hash: planned.kind === 'plan' ? planned.hash : '' };
}

async function change(made: Scene, edit: EntryEdit, ports = made.ports) {
  const { ref, hash } = await plan(made, edit, ports);
  return editEntry(ports, { ref, edit, hash, keyId: made.keyId, signal: never() });
}

/** The key is imported into the user's own provider, which has another key. */
async function imported(): Promise<Scene> {
  const made = await scene();
  await made.proxy.setLists('openai-compatibility', [entryOf(made.relay.origin), ...providers(made.proxy)]);
  await importNow(made.ports, made.keyId);
  return made;
}

const mine = (made: Scene) => providers(made.proxy).find(({ name }) => name === 'mine');

describe('a provider', () => {
  test('is paused and goes on as it was, each with one write of one field', async () => {
    const made = await imported();
    const before = structuredClone(providers(made.proxy));
    const wrote = writes(made.proxy).length;
    expect(await change(made, { paused: true })).toEqual({ kind: 'done' });
    expect(providers(made.proxy)).toEqual(
      before.map((entry) => (entry['name'] === 'mine' ? { ...entry, disabled: true } : entry)),
    );
    expect(await publicModels(made.proxy)).not.toContain('big');
    expect(await cardOf(made.ports, made.keyId)).toMatchObject({
      served: 0,
      missing: [{ reason: 'disabled' }, {}, {}],
    });
    expect(await change(made, { paused: false })).toEqual({ kind: 'done' });
    expect(await publicModels(made.proxy)).toContain('big');
    expect(await cardOf(made.ports, made.keyId)).toMatchObject({ served: 3, total: 3 });
    expect(writes(made.proxy).slice(wrote)).toEqual(
      asWritten(...Array<string>(2).fill('PATCH /v0/management/openai-compatibility')),
    );
  });

  test('has weight, proxy, priority and name changed in one write; the other key stays as it is', async () => {
    const made = await imported();
    const edit = { weight: '5', proxyUrl: 'direct', priority: '4', name: 'Renamed' };
    expect((await plan(made, edit)).planned).toMatchObject({ kind: 'plan', renamed: true });
    expect(await change(made, edit)).toEqual({ kind: 'done' });
    expect(providers(made.proxy)[0]).toMatchObject({
      name: 'Renamed',
      priority: 4,
      'api-key-entries': [
        { 'api-key': SECOND_KEY, weight: 4, 'proxy-url': 'direct' },
        { 'api-key': RELAY_KEY, weight: 5, 'proxy-url': 'direct' },
      ],
    });
    expect(await cardOf(made.ports, made.keyId)).toMatchObject({ providerName: 'Renamed', served: 3 });
  });

  test('loses a key, and undo puts it back in its place', async () => {
    const made = await imported();
    const before = structuredClone(providers(made.proxy));
    expect(await change(made, { remove: 'key' })).toEqual({ kind: 'done' });
    expect(mine(made)).toMatchObject({ 'api-key-entries': [{ 'api-key': SECOND_KEY }] });
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
    const [record] = await recordsOf(made.ports);
    expect(record).toMatchObject({ action: 'edit', phase: 'done' });
    expect(JSON.stringify(record)).not.toMatch(/FakeKey/);
    expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(providers(made.proxy)).toEqual(before);
    expect(await noticesOf(made.ports)).toContainEqual({ kind: 'undone', providerName: 'mine', edit: true });
  });

  test('is removed as a whole, and comes back by undo with its secrets', async () => {
    const made = await imported();
    const before = structuredClone(mine(made));
    expect(await change(made, { remove: 'entry' })).toEqual({ kind: 'done' });
    expect(mine(made)).toBeUndefined();
    const [record] = await recordsOf(made.ports);
    expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(mine(made)).toEqual(before);
    expect(await undoImport(made.ports, record!.id, undefined, never())).toMatchObject({
      failure: { code: 'undo-gone' },
    });
  });

  test('that somebody changed since it was shown is not written to', async () => {
    const made = await imported();
    const { ref, hash } = await plan(made, { paused: true });
    const wrote = writes(made.proxy).length;
    await made.proxy.setLists(
      'openai-compatibility',
      providers(made.proxy).map((entry) => (entry['name'] === 'mine' ? { ...entry, prefix: 'p' } : entry)),
    );
    const order = { ref, hash, edit: { paused: true }, keyId: made.keyId, signal: never() };
    expect(await editEntry(made.ports, order)).toEqual({ kind: 'changed' });
    expect(writes(made.proxy)).toHaveLength(wrote);
  });

  test('is found by the next life of the worker when the change was cut off', async () => {
    const made = await imported();
    const { http, reached } = stoppingHttp(isWrite, 'after');
    void change(made, { paused: true }, nextLife(made, { http }));
    await reached;
    const ports = nextLife(made);
    expect(await recover(ports)).toEqual([]);
    expect((await recordsOf(ports))[0]).toMatchObject({ action: 'edit', phase: 'done' });
    expect(await cardOf(ports, made.keyId)).toMatchObject({ served: 0, missing: [{ reason: 'disabled' }] });
  });

  test('that is not there is said', async () => {
    const made = await scene();
    expect(await openEntry(made.ports, new Map(), made.keyId)).toMatchObject({
      failure: { code: 'not-in-list' },
    });
  });
});

describe.each(LIST_NAMES.filter((family) => listTraits(family).keyPerEntry))('%s', (family) => {
  test('an entry is paused by the pattern that CLIProxyAPI itself uses, and removed, each with an undo', async () => {
    const made = await scene();
    const bases = new Map();
    const { draft: first } = await opened(made.ports, made.keyId, bases);
    const draft = { ...first, list: family };
    const planned = await planDialog(made.ports, bases, made.keyId, draft);
    await apply(made.ports, made.keyId, draft, planned.kind === 'plan' ? planned.plan.hash : '');
    const before = structuredClone(made.proxy.lists[family]);
    expect(await change(made, { paused: true })).toEqual({ kind: 'done' });
    expect(made.proxy.lists[family]).toMatchObject([{ 'excluded-models': ['*'] }]);
    expect(await publicModels(made.proxy)).not.toContain('gpt-4o');
    const undoLast = async () =>
      undoImport(made.ports, (await recordsOf(made.ports))[0]!.id, undefined, never());
    expect(await undoLast()).toEqual({ kind: 'undone' });
    expect(made.proxy.lists[family]).toEqual(before);
    expect(await change(made, { remove: 'key', weight: '2' })).toEqual({ kind: 'done' });
    expect(made.proxy.lists[family]).toEqual([]);
    expect(await undoLast()).toEqual({ kind: 'undone' });
    expect(made.proxy.lists[family]).toEqual(before);
  });
});

test('the list shows every entry without any secret', async () => {
  const made = await imported();
  const entries = must(await listEntries(made.ports));
  expect(entries.map(({ label, paused }) => [label, paused])).toEqual([
    ['mine', false],
    ['Other one', false],
    ['off', true],
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/FakeKey|secret/);
});
