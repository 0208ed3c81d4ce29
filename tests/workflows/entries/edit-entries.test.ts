import { describe, expect, onTestFinished, test } from 'vitest';
import type { EntriesEdit } from '../../../src/core/entries/entry-edit';
import type { EntriesView } from '../../../src/core/entries/view';
import type { Chosen } from '../../../src/workflows/entries/chosen';
import { editEntries } from '../../../src/workflows/entries/edit-entries';
import { openEdits, planOpenEdits, type ChosenIds } from '../../../src/workflows/entries/open-edits';
import { listEntries } from '../../../src/workflows/entries/open-entry';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import type { Ports } from '../../../src/workflows/ports';
import { recover } from '../../../src/workflows/undo/recover';
import { fakeKey, startNewApi } from '../../fakes/new-api';
import {
  asWritten,
  asWrittenTogether,
  accountAt,
  cardOf,
  entryOf,
  failed,
  importNow,
  isWrite,
  must,
  never,
  nextLife,
  noticesOf,
  OTHERS,
  providers,
  publicModels,
  readBackAfterReload,
  REGISTRY,
  recordsOf,
  scene,
  stoppingHttp,
  writes,
  type Scene,
  undoImport,
} from '../scene';

const ID = 'edits-1';
const pause: EntriesEdit = { edit: { paused: true }, emptied: false };
const resume: EntriesEdit = { edit: { paused: false }, emptied: false };
const remove: EntriesEdit = { edit: { remove: 'key' }, emptied: false };

interface Many extends Scene {
  /** Of the provider `mine`, which has a key of somebody else, too; and of `Relay B`, whose only key it is. */
  keyIds: [string, string];
}

/** Two keys of ours at two relays, both imported. */
async function many(): Promise<Many> {
  const made = await scene();
  const second = await startNewApi({
    clock: made.clock,
    models: ['qwen-max'],
    keys: [{ id: 1, name: 'b', key: fakeKey('b', 1) }],
  });
  onTestFinished(() => second.stop());
  await made.proxy.setLists('openai-compatibility', [entryOf(made.relay.origin), ...OTHERS]);
  await importNow(made.ports, made.keyId);
  const key = { relayName: 'Relay B', baseUrl: second.origin, key: `sk-${fakeKey('b', 1)}` };
  const other = must(await addKey(made.ports, key));
  await importNow(made.ports, other);
  await made.proxy.settled();
  made.proxy.requests.length = 0;
  made.relay.requests.length = 0;
  return { ...made, keyIds: [made.keyId, other] };
}

interface Open {
  chosen: Chosen;
  view: EntriesView;
}

async function open(
  ports: Ports,
  ids: Partial<ChosenIds>,
  order: EntriesEdit,
): Promise<Open & { bases: Map<string, Chosen> }> {
  const bases = new Map<string, Chosen>();
  const view = must(await openEdits(ports, bases, ID, { keyIds: [], entries: [], ...ids }, order));
  return { chosen: bases.get(ID)!, view, bases };
}

const apply = (ports: Ports, { chosen, view }: Open, order: EntriesEdit) =>
  editEntries(ports, { editId: ID, chosen, order, hash: view.hash, signal: never() });

const change = async (made: Many, order: EntriesEdit, ports = made.ports) =>
  apply(ports, await open(ports, { keyIds: made.keyIds }, order), order);

const undo = (ports: Ports) => undoImport(ports, ID, undefined, never());

/** All entries of the lists as they are shown, by what they are called. */
async function shown(ports: Ports, ...labels: string[]): Promise<ChosenIds['entries']> {
  return must(await listEntries(ports)).filter(({ label }) => labels.includes(label));
}

const at = (made: Scene, name: string) => providers(made.proxy).find((entry) => entry['name'] === name);

describe('many keys', () => {
  test('are paused with one write, proved, told once, and taken back with one undo', async () => {
    const made = await many();
    const before = structuredClone(providers(made.proxy));
    const opened = await open(made.ports, { keyIds: made.keyIds }, pause);
    expect(opened.view).toMatchObject({
      entries: [
        { label: 'mine', goes: null, changes: [{ kind: 'paused' }], others: 1 },
        { label: 'Relay B', goes: null, changes: [{ kind: 'paused' }], others: 0 },
      ],
      leftOut: [],
      unchanged: 0,
      rest: OTHERS.length,
    });
    expect(await apply(made.ports, opened, pause)).toEqual({ kind: 'done' });
    expect(writes(made.proxy)).toEqual(asWritten('PUT /v0/management/openai-compatibility'));
    expect(providers(made.proxy)).toEqual(
      before.map((entry) =>
        ['mine', 'Relay B'].includes(String(entry['name'])) ? { ...entry, disabled: true } : entry,
      ),
    );
    expect(await publicModels(made.proxy)).not.toContain('qwen-max');
    const card = { served: 0, missing: [{ reason: 'disabled' }] };
    expect(await cardOf(made.ports, made.keyIds[1])).toMatchObject(card);
    expect(await cardOf(made.ports, made.keyIds[0])).toMatchObject({ ...card, missing: [{}, {}, {}] });
    expect((await noticesOf(made.ports)).at(-1)).toEqual({ kind: 'edited', importId: ID, removed: false });
    expect(await recordsOf(made.ports)).toMatchObject([
      { action: 'edit', phase: 'done', batch: ID, providerName: 'mine', keyIds: [made.keyIds[0]] },
      { action: 'edit', phase: 'done', batch: ID, providerName: 'Relay B', keyIds: [made.keyIds[1]] },
      {},
      {},
    ]);
    expect(JSON.stringify(opened.view)).not.toMatch(/FakeKey/);
    made.proxy.requests.length = 0;
    expect(await undo(made.ports)).toEqual({ kind: 'undone' });
    expect(writes(made.proxy)).toHaveLength(1);
    expect(providers(made.proxy)).toEqual(before);
  });

  test('are asked about after they go on, also those of a changed provider that nobody chose', async () => {
    const made = await many();
    await change(made, pause);
    const only = await open(made.ports, { entries: await shown(made.ports, 'mine', 'Relay B') }, resume);
    expect(await apply(made.ports, only, resume)).toEqual({ kind: 'done' });
    expect(await cardOf(made.ports, made.keyIds[0])).toMatchObject({ served: 3, total: 3 });
    expect(await cardOf(made.ports, made.keyIds[1])).toMatchObject({ served: 1, total: 1 });
  });

  test('get a priority, a prefix or a proxy; what is so already is only counted', async () => {
    const made = await many();
    const orders: [EntriesEdit['edit'], object, object][] = [
      [{ priority: '7' }, { priority: 7 }, { priority: 7 }],
      [{ prefix: 'team' }, { prefix: 'team' }, { prefix: 'team' }],
      [
        { proxyUrl: 'direct' },
        { 'api-key-entries': [{ 'proxy-url': 'direct' }, { 'proxy-url': 'direct' }] },
        { 'api-key-entries': [{ 'proxy-url': 'direct' }] },
      ],
    ];
    for (const [edit, mine, relay] of orders) {
      const order = { edit, emptied: false };
      expect(await change(made, order)).toEqual({ kind: 'done' });
      expect([at(made, 'mine'), at(made, 'Relay B')]).toMatchObject([mine, relay]);
      const again = await open(made.ports, { keyIds: made.keyIds }, order);
      expect(again.view).toMatchObject({ entries: [], leftOut: [], unchanged: 2 });
    }
    expect(await publicModels(made.proxy)).toContain('team/qwen-max');
    expect(await cardOf(made.ports, made.keyIds[1])).toMatchObject({ served: 1, total: 1 });
  });

  test('are removed but for the last key of a provider, which goes only with it, and come back', async () => {
    const made = await many();
    const before = structuredClone(providers(made.proxy));
    const opened = await open(made.ports, { keyIds: made.keyIds }, remove);
    expect(opened.view).toMatchObject({
      entries: [{ label: 'mine', goes: null, changes: [{ kind: 'keys', sign: '−' }] }],
      leftOut: [{ id: made.keyIds[1], failure: { code: 'last-key' } }],
    });
    const emptied = { ...remove, emptied: true };
    const view = must(await planOpenEdits(made.ports, opened.bases, ID, emptied));
    expect(view).toMatchObject({
      leftOut: [],
      entries: [{}, { label: 'Relay B', goes: { keys: 1, models: 1 } }],
    });
    expect(await apply(made.ports, { ...opened, view }, emptied)).toEqual({ kind: 'done' });
    expect(at(made, 'Relay B')).toBeUndefined();
    for (const keyId of made.keyIds) expect(await cardOf(made.ports, keyId)).toBeUndefined();
    expect(await undo(made.ports)).toEqual({ kind: 'undone' });
    expect(providers(made.proxy)).toEqual(before);
    expect(await cardOf(made.ports, made.keyIds[1])).toMatchObject({ missing: [{ reason: 'unknown' }] });
  });

  test('that are not in CLIProxyAPI are left out, and no key on a card is revealed again', async () => {
    const made = await many();
    const account = must(await accountAt(made, { name: 'Relay A' }));
    const asked = made.relay.requests.length;
    const opened = await open(
      made.ports,
      { keyIds: [...made.keyIds, `${account}/1`, `${account}/2`] },
      pause,
    );
    // The first is the same key as the one entered by hand, the second the one that somebody else put there.
    expect(opened.view.leftOut).toEqual([]);
    expect(made.relay.requests.slice(asked).map(({ path }) => path)).toEqual(['/api/token/batch/keys']);
    await made.proxy.setLists('openai-compatibility', OTHERS);
    const gone = await open(made.ports, { keyIds: made.keyIds }, pause);
    expect(gone.view).toMatchObject({ entries: [], leftOut: [{}, {}] });
    expect(gone.view.leftOut[0]!.failure).toEqual({ code: 'not-in-list' });
  });
});

test('entries of several lists are removed, one write for each or for all, and come back to their places', async () => {
  const made = await scene();
  await made.proxy.setLists('openai-compatibility', [
    entryOf('https://a.example'),
    ...OTHERS,
    entryOf('https://b.example', { name: 'b', headers: { 'X-B': 'secret-b' } }),
  ]);
  await made.proxy.setLists('claude-api-key', [
    { 'api-key': 'sk-claude-000001', 'base-url': 'https://one.example' },
    { 'api-key': 'sk-claude-000002', 'base-url': 'https://two.example' },
  ]);
  await made.proxy.settled();
  const before = structuredClone(made.proxy.lists);
  made.proxy.requests.length = 0;
  const opened = await open(
    made.ports,
    { entries: await shown(made.ports, 'mine', 'b', 'one.example') },
    remove,
  );
  expect(opened.view.entries.map(({ label, goes }) => [label, goes?.keys])).toEqual([
    ['mine', 1],
    ['b', 1],
    ['one.example', 1],
  ]);
  expect(await apply(made.ports, opened, remove)).toEqual({ kind: 'done' });
  expect(writes(made.proxy)).toEqual(
    asWrittenTogether('PUT /v0/management/openai-compatibility', 'PUT /v0/management/claude-api-key'),
  );
  expect(providers(made.proxy).map((entry) => entry['name'])).toEqual(['Other one', 'off']);
  expect(JSON.stringify(must(await made.ports.journal.read()).records)).not.toMatch(/secret-b|sk-claude/);
  expect(await undo(made.ports)).toEqual({ kind: 'undone' });
  expect(made.proxy.lists).toEqual(before);
});

describe('what others do meanwhile', () => {
  test('gives the new plan, nothing is written before that was seen, and others keep their change', async () => {
    const made = await many();
    const opened = await open(made.ports, { entries: await shown(made.ports, 'mine', 'Relay B') }, pause);
    await made.proxy.setLists(
      'openai-compatibility',
      providers(made.proxy).map((entry) =>
        entry['name'] === 'mine' ? { ...entry, disabled: true } : { ...entry, prefix: 'theirs' },
      ),
    );
    made.proxy.requests.length = 0;
    const outcome = await apply(made.ports, opened, pause);
    expect(outcome).toMatchObject({
      kind: 'replan',
      view: { entries: [{ label: 'Relay B', changes: [{ kind: 'paused' }] }], unchanged: 1, leftOut: [] },
    });
    expect(writes(made.proxy)).toEqual([]);
    if (outcome.kind !== 'replan') throw new Error(outcome.kind);
    expect(await apply(made.ports, { ...opened, view: outcome.view }, pause)).toEqual({ kind: 'done' });
    expect(at(made, 'Relay B')).toMatchObject({ prefix: 'theirs', disabled: true });
  });

  test('an entry that is gone is left out of the new plan', async () => {
    const made = await many();
    const opened = await open(made.ports, { entries: await shown(made.ports, 'mine', 'Relay B') }, pause);
    await made.proxy.setLists(
      'openai-compatibility',
      providers(made.proxy).filter((entry) => entry['name'] !== 'mine'),
    );
    expect(await apply(made.ports, opened, pause)).toMatchObject({
      kind: 'replan',
      view: {
        entries: [{ label: 'Relay B' }],
        leftOut: [{ name: 'mine', failure: { code: 'list-changed' } }],
      },
    });
  });
});

describe('faults', () => {
  test('a refused write changes nothing, and is said', async () => {
    const made = await many();
    const before = structuredClone(providers(made.proxy));
    made.proxy.faults.answer = (method) =>
      method === 'PUT' || method === 'PATCH' ? { status: 400, body: { error: 'invalid body' } } : undefined;
    expect(await change(made, pause)).toEqual(failed('rejected'));
    expect(providers(made.proxy)).toEqual(before);
    expect((await recordsOf(made.ports)).map(({ phase }) => phase).slice(0, 2)).toEqual([
      'not-written',
      'not-written',
    ]);
    expect(await cardOf(made.ports, made.keyIds[0])).toMatchObject({ served: 3 });
    expect((await noticesOf(made.ports)).at(-1)).toMatchObject({ kind: 'failed' });
  });

  test('a management key that is refused during the proofs is sent once, and cards claim nothing then', async () => {
    const made = await many();
    let refused = 0;
    made.proxy.faults.answer = (_method, path) => {
      if (refused === 0 && !path.startsWith(REGISTRY)) return undefined;
      refused += 1;
      return { status: 401, body: { error: 'invalid management key' } };
    };
    expect(await change(made, { edit: { priority: '7' }, emptied: false })).toEqual({ kind: 'done' });
    expect(refused).toBe(1);
    for (const keyId of made.keyIds)
      expect(await cardOf(made.ports, keyId)).toMatchObject({
        basis: 'none',
        served: 0,
        missing: expect.arrayContaining([expect.objectContaining({ reason: 'refused' })]) as unknown,
      });
  });

  test('a write that a reload takes back is made once more', async () => {
    const made = await many();
    readBackAfterReload(made.proxy);
    made.proxy.faults.revertNextWrites = 1;
    expect(await change(made, pause)).toEqual({ kind: 'done' });
    expect(at(made, 'mine')).toMatchObject({ disabled: true });
    expect(at(made, 'Relay B')).toMatchObject({ disabled: true });
    expect(await publicModels(made.proxy)).not.toContain('qwen-max');
  });

  test.each(['before', 'after'] as const)(
    'a worker that stops %s the write finds out how it ended, and one undo takes all of it back',
    async (when) => {
      const made = await many();
      const before = structuredClone(providers(made.proxy));
      const emptied = { ...remove, emptied: true };
      const { http, reached } = stoppingHttp(isWrite, when);
      void change(made, emptied, nextLife(made, { http }));
      await reached;
      const ports = nextLife(made);
      expect(await recover(ports)).toEqual([]);
      const phase = when === 'after' ? 'done' : 'not-written';
      expect((await recordsOf(ports)).slice(0, 2).map((record) => record.phase)).toEqual([phase, phase]);
      const card = await cardOf(ports, made.keyIds[1]);
      if (when === 'before') return expect(card).toMatchObject({ served: 1 });
      expect(card).toBeUndefined();
      expect(await undo(ports)).toEqual({ kind: 'undone' });
      expect(providers(made.proxy)).toEqual(before);
    },
  );
});
