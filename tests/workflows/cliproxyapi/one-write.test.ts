import { describe, expect, test } from 'vitest';
import { BATCH_DEFAULTS, type BatchOptions, type BatchView } from '../../../src/core/batch/batch';
import type { ListName } from '../../../src/core/cliproxyapi/lists/list-traits';
import { importBatch } from '../../../src/workflows/batch/import-batch';
import { openBatch, planOpenBatch, type Batches } from '../../../src/workflows/batch/open-batch';
import { recover } from '../../../src/workflows/undo/recover';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import { readHistory } from '../../../src/workflows/view/read-history';
import type { CliproxyapiOptions } from '../../fakes/cliproxyapi.ts';
import {
  accountAt,
  cardOf,
  isWrite,
  must,
  never,
  nextLife,
  providers,
  recordsOf,
  scene,
  SECOND_KEY,
  stoppingHttp,
  writes,
  type Scene,
} from '../scene';
import { besidesProofs, codexGroups, file, ONE_CHANGE, PATCH, shown } from './scene';

const ID = 'batch-1';

interface Two extends Scene {
  keyIds: [string, string];
}

/** Groups with keys that are none of the scene's. */
const others = (origin: string): string => codexGroups(origin).replace(SECOND_KEY, 'sk-fake-first');

/** Two keys of one relay, of which the second is to go into Codex's list, where a group has its address already. */
async function two(groups: (origin: string) => string = others, more: CliproxyapiOptions = {}): Promise<Two> {
  const made = await scene({ proxy: { version: '8.0.20', layout: 'new', ...more } });
  await made.proxy.setFile(file(groups(made.relay.origin)));
  const account = must(await accountAt(made, { name: 'Relay A' }));
  made.proxy.requests.length = 0;
  return { ...made, keyIds: [`${account}/1`, `${account}/2`] };
}

const optionsOf = ({ keyIds }: Two, list: ListName = 'codex-api-key'): BatchOptions => ({
  ...BATCH_DEFAULTS,
  rows: { [keyIds[1]]: { list } },
});

interface Planned {
  batches: Batches;
  view: BatchView;
  options: BatchOptions;
}

async function plan(made: Two, options = optionsOf(made)): Promise<Planned> {
  const batches: Batches = new Map();
  must(await openBatch(made.ports, batches, { batchId: ID, keyIds: made.keyIds }, never()));
  return { batches, options, view: must(await planOpenBatch(made.ports, batches, ID, options)) };
}

const apply = (ports: Scene['ports'], { batches, view, options }: Planned) =>
  importBatch(ports, { batchId: ID, batch: batches.get(ID)!, options, hash: view.hash, signal: never() });

const undo = ({ ports }: Scene) => undoImport(ports, ID, undefined, never());

const codexKeys = async (made: Scene): Promise<number[]> =>
  ((await shown(made, 'codex')) as { keys: unknown[] }[]).map(({ keys }) => keys.length);

const SERVED = { kind: 'done', served: 2, total: 2 };

describe('a batch into two lists of the new layout', () => {
  test('costs three reads, one write and two read-backs besides the proofs, and so does its undo', async () => {
    const made = await two();
    const planned = await plan(made);
    made.proxy.requests.length = 0;
    expect(await apply(made.ports, planned)).toMatchObject(SERVED);
    expect(besidesProofs(made)).toEqual(ONE_CHANGE);
    expect(await codexKeys(made)).toEqual([2, 2]);
    made.proxy.requests.length = 0;
    expect(await undo(made)).toEqual({ kind: 'undone' });
    expect(besidesProofs(made)).toEqual(ONE_CHANGE);
    expect([await codexKeys(made), providers(made.proxy)]).toEqual([[1, 2], []]);
    expect(must(await readHistory(made.ports))).toMatchObject([
      { about: 'batch', action: 'undo', count: 2 },
      { about: 'batch', id: ID, phase: 'undone', count: 2 },
    ]);
  });

  test('gives no two new groups one name, whatever list they are in', async () => {
    const made = await two(() => '  gemini: []\n');
    expect(await apply(made.ports, await plan(made))).toMatchObject(SERVED);
    const names = await Promise.all(
      ['codex', 'openai-compatibility'].map(async (family) =>
        ((await shown(made, family)) as { name: string }[]).map(({ name }) => name.toLowerCase()),
      ),
    );
    expect(names).toEqual([['relay a-2'], ['relay a']]);
  });

  test('that a reload takes back is written once more, as one', async () => {
    const made = await two();
    const planned = await plan(made);
    made.proxy.faults.revertNextWrites = 1;
    expect(await apply(made.ports, planned)).toMatchObject(SERVED);
    expect(writes(made.proxy)).toEqual([PATCH, PATCH]);
    expect((await recordsOf(made.ports)).map(({ phase }) => phase)).toEqual(['done', 'done']);
    expect(await undo(made)).toEqual({ kind: 'undone' });
    expect(await codexKeys(made)).toEqual([1, 2]);
  });

  test('that fails is written nowhere, and both keys say so', async () => {
    const made = await two();
    const planned = await plan(made);
    made.proxy.faults.answer = (method) =>
      method === 'PATCH' ? { status: 400, body: { error: 'invalid_json' } } : undefined;
    expect(await apply(made.ports, planned)).toMatchObject({ kind: 'failed', failure: { code: 'rejected' } });
    for (const id of made.keyIds)
      expect(await cardOf(made.ports, id)).toMatchObject({ kind: 'failed', failure: { code: 'rejected' } });
    expect([await codexKeys(made), providers(made.proxy)]).toEqual([[1, 2], []]);
    expect((await recordsOf(made.ports)).map(({ phase }) => phase)).toEqual(['not-written', 'not-written']);
  });

  test('of which one cannot be written goes into the other, and says why', async () => {
    const made = await two((origin) => others(origin).replace('sk-fake-other-1', '1234567'));
    const planned = await plan(made);
    expect(planned.view.file).toMatchObject([{ kind: 'not-text', family: 'codex' }]);
    expect(await apply(made.ports, planned)).toMatchObject({ kind: 'done', served: 1, total: 2 });
    expect(await cardOf(made.ports, made.keyIds[0])).toMatchObject({ kind: 'proved', missing: [] });
    expect(await cardOf(made.ports, made.keyIds[1])).toMatchObject({
      kind: 'failed',
      failure: { code: 'file-not-text' },
    });
    expect(writes(made.proxy)).toEqual([PATCH]);
    // Nothing is told of the try that was for both.
    expect((await recordsOf(made.ports)).map(({ list, phase }) => [list, phase])).toEqual([
      ['codex-api-key', 'not-written'],
      ['openai-compatibility', 'done'],
    ]);
    expect(await undo(made)).toEqual({ kind: 'undone' });
    expect(providers(made.proxy)).toEqual([]);
  });

  test('of which one is another plan by now goes into the other, and says so', async () => {
    const made = await two();
    const planned = await plan(made);
    const theirs = others(made.relay.origin).replace(
      'weight: 4',
      `weight: 4\n        - api-key: ${SECOND_KEY}\n          priority: 7`,
    );
    await made.proxy.setFile(file(theirs));
    made.proxy.requests.length = 0;
    expect(await apply(made.ports, planned)).toMatchObject({ kind: 'done', served: 1, total: 2 });
    expect(await cardOf(made.ports, made.keyIds[1])).toMatchObject({
      kind: 'failed',
      failure: { code: 'list-changed' },
    });
    expect(await shown(made, 'codex')).toMatchObject([{ keys: [{}, { priority: 7 }] }, {}]);
    expect(providers(made.proxy)).toHaveLength(1);
    expect(writes(made.proxy)).toEqual([PATCH]);
  });

  test('of which somebody takes one out while it is proved: the other stands, and can be undone', async () => {
    const made = await two();
    const planned = await plan(made);
    const theirs = made.proxy.lists['codex-api-key'];
    let isDone = false;
    made.proxy.faults.onRequest = async (_method, path) => {
      if (isDone || !path.includes('/auth-files/')) return;
      isDone = true;
      const other = { 'api-key': 'sk-fake-late', 'base-url': 'https://late.example' };
      await made.proxy.setLists('codex-api-key', [...theirs, other]);
    };
    expect(await apply(made.ports, planned)).toMatchObject({ kind: 'done', served: 1, total: 2 });
    expect(await cardOf(made.ports, made.keyIds[0])).toMatchObject({ kind: 'proved', missing: [] });
    expect(await cardOf(made.ports, made.keyIds[1])).toMatchObject({ kind: 'failed' });
    expect(made.proxy.lists['codex-api-key']).toHaveLength(4);
    expect(await undo(made)).toMatchObject({ kind: expect.stringMatching(/undone|partly/) as string });
    expect([made.proxy.lists['codex-api-key'].length, providers(made.proxy)]).toEqual([4, []]);
  });

  test('whose second try is refused may be in the file, and no record of it goes', async () => {
    const made = await two();
    const planned = await plan(made);
    made.proxy.faults.revertNextWrites = 1;
    const message = 'yaml: unmarshal errors:\n  line 9: field note not found in type config.CodexKey';
    made.proxy.faults.answer = (method) =>
      method === 'PATCH' && writes(made.proxy).length > 1
        ? { status: 400, body: { error: 'invalid_config', message } }
        : undefined;
    expect(await apply(made.ports, planned)).toMatchObject({
      kind: 'failed',
      failure: { code: 'file-field' },
    });
    expect(await codexKeys(made)).toEqual([2, 2]);
    expect((await recordsOf(made.ports)).map(({ phase }) => phase)).toEqual(['needs-look', 'needs-look']);
  });

  test('that a stopped worker leaves open is judged list by list when it starts again', async () => {
    const made = await two();
    const planned = await plan(made);
    const { http, reached } = stoppingHttp(isWrite, 'after');
    void apply({ ...made.ports, http }, planned);
    await reached;
    await made.proxy.settled();
    const next = nextLife(made);
    await recover(next);
    expect((await recordsOf(next)).map(({ phase }) => phase)).toEqual(['done', 'done']);
    expect(await undoImport(next, ID, undefined, never())).toEqual({ kind: 'undone' });
    expect([await codexKeys(made), providers(made.proxy)]).toEqual([[1, 2], []]);
  });

  test('for whose records storage has too little room is written as far as it has', async () => {
    const made = await two();
    const planned = await plan(made);
    const stored = [...made.device.local.values()].reduce((all, { length }) => all + length, 0);
    made.device.room = stored + 2_000;
    const outcome = await apply(made.ports, planned);
    const rows = await recordsOf(made.ports);
    expect(rows.map(({ phase }) => phase)).toEqual(rows.map(() => 'done'));
    expect(outcome).toMatchObject({ kind: 'done', served: rows.length });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(2);
  });

  test('that gets the old layout meanwhile is written one list after the other, by the way of that layout', async () => {
    const made = await two();
    const planned = await plan(made);
    await made.proxy.setFile(`host: 127.0.0.1
api-keys: [sk-fake-client]
remote-management:
  secret-key: "$2a$10$abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz01234"
`);
    made.proxy.requests.length = 0;
    expect(await apply(made.ports, planned)).toMatchObject(SERVED);
    expect(writes(made.proxy)).toEqual(
      ['openai-compatibility', 'codex-api-key'].map((list) => `PUT /v0/management/${list}`),
    );
  });
});

describe('an undo of two lists, of which somebody changed one', () => {
  const changed = async (made: Two, list: 'openai-compatibility' | 'codex-api-key') => {
    expect(await apply(made.ports, await plan(made))).toMatchObject(SERVED);
    await made.proxy.settled();
    const models = [{ name: 'theirs', alias: 'theirs' }];
    await made.proxy.setLists(
      list,
      made.proxy.lists[list].map((entry) => ({ ...entry, models })),
    );
    made.proxy.requests.length = 0;
    const outcome = await undo(made);
    if (outcome.kind !== 'changed') throw new Error(JSON.stringify(outcome));
    return outcome.hash;
  };

  test('asks before anything is written where it is the first', async () => {
    const made = await two();
    const hash = await changed(made, 'openai-compatibility');
    expect(writes(made.proxy)).toEqual([]);
    expect(await undoImport(made.ports, ID, hash, never())).toEqual({ kind: 'undone' });
    expect(writes(made.proxy)).toEqual([PATCH]);
    expect([await codexKeys(made), providers(made.proxy)]).toEqual([[1, 2], []]);
  });

  test('in the moment of the write takes back the other, and asks about that one', async () => {
    const made = await two(others, { etag: true });
    expect(await apply(made.ports, await plan(made))).toMatchObject(SERVED);
    await made.proxy.settled();
    let isDone = false;
    made.proxy.faults.beforeWrite = async () => {
      if (isDone) return;
      isDone = true;
      const [first, ...more] = made.proxy.lists['codex-api-key'];
      const isOurs = (entry: object) => JSON.stringify(entry).includes(SECOND_KEY);
      const entries = [first!, ...more].map((entry) => (isOurs(entry) ? { ...entry, prefix: 'p' } : entry));
      await made.proxy.setLists('codex-api-key', entries);
    };
    const outcome = await undo(made);
    expect(outcome).toMatchObject({ kind: 'changed' });
    expect(providers(made.proxy)).toEqual([]);
    const hash = outcome.kind === 'changed' ? outcome.hash : '';
    expect(await undoImport(made.ports, ID, hash, never())).toEqual({ kind: 'undone' });
    expect(made.proxy.lists['codex-api-key']).toHaveLength(3);
  });

  test('takes back the other, and asks about that one', async () => {
    const made = await two();
    const hash = await changed(made, 'codex-api-key');
    expect(providers(made.proxy)).toEqual([]);
    expect(made.proxy.lists['codex-api-key']).toHaveLength(4);
    expect(await undoImport(made.ports, ID, hash, never())).toEqual({ kind: 'undone' });
    expect(made.proxy.lists['codex-api-key']).toHaveLength(3);
  });
});
