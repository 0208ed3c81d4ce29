import { describe, expect, test } from 'vitest';
import { BATCH_DEFAULTS } from '../../../src/core/batch/batch';
import { importBatch } from '../../../src/workflows/batch/import-batch';
import { openBatch, type Batches } from '../../../src/workflows/batch/open-batch';
import type { Chosen } from '../../../src/workflows/entries/chosen';
import { editEntries } from '../../../src/workflows/entries/edit-entries';
import { editEntry } from '../../../src/workflows/entries/edit-entry';
import { openEdits } from '../../../src/workflows/entries/open-edits';
import { listEntries, planEntry } from '../../../src/workflows/entries/open-entry';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import {
  apply,
  importNow,
  must,
  never,
  opened,
  planDialog,
  planOf,
  recordsOf,
  scene,
  type Scene,
  served,
  writes,
} from '../scene';
import { PATCH } from './scene';

const CLAUDE = { 'api-key': 'sk-fake-claude', 'base-url': 'https://c.example', models: [] };

/** Somebody adds a setting of the new layout to a file of the old one. */
async function halfConvert(made: Scene): Promise<string> {
  const half = `${made.proxy.file}routing:\n  retry:\n    request-retry: 1\n`;
  await made.proxy.setFile(half);
  return half;
}

describe('a file of both layouts', () => {
  const mixed = (): Promise<Scene> => scene({ proxy: { version: '8.0.20', layout: 'mixed' } });

  test.each(['claude-api-key', 'openai-compatibility'] as const)(
    'is converted by the import of one key, which says so before (%s); undo takes back the key alone',
    async (list) => {
      const made = await mixed();
      const before = structuredClone(made.proxy.lists);
      const bases = new Map();
      const { draft: first } = await opened(made.ports, made.keyId, bases);
      const draft = { ...first, list };
      const planned = await planDialog(made.ports, bases, made.keyId, draft);
      if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
      expect(planned.plan.notices).toContainEqual({ kind: 'converts' });
      expect(planned.plan.onlyAdds).toBe(false);
      expect(made.proxy.file).not.toContain('config-version');
      expect(await apply(made.ports, made.keyId, draft, planned.plan.hash)).toEqual(served(3));
      expect(writes(made.proxy)).toEqual([PATCH]);
      expect(made.proxy.file).toContain('config-version: 8');
      const [record] = await recordsOf(made.ports);
      expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
      expect(made.proxy.lists).toEqual(before);
    },
  );

  test('that became so after the plan is shown again with that sentence', async () => {
    const made = await scene({ proxy: { version: '8.0.20' } });
    const { draft, planned } = await opened(made.ports, made.keyId);
    if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
    expect(planned.plan.notices).not.toContainEqual({ kind: 'converts' });
    const half = await halfConvert(made);
    expect(await apply(made.ports, made.keyId, draft, planned.plan.hash)).toMatchObject({
      kind: 'replan',
      planned: { plan: { notices: [{ kind: 'converts' }] } },
    });
    expect(made.proxy.file).toBe(half);
  });

  test('is converted by a change of one entry, whose plan says so', async () => {
    const made = await mixed();
    const entry = must(await listEntries(made.ports)).find(({ label }) => label === 'Other one')!;
    const ref = { list: entry.list, id: entry.id, index: entry.index, keyIndex: 0 };
    const edit = { paused: true };
    const planned = must(await planEntry(made.ports, new Map(), ref, edit));
    if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
    expect(planned.file).toEqual([{ kind: 'converts' }]);
    const order = { ref, edit, hash: planned.hash, keyId: made.keyId, signal: never() };
    expect(await editEntry(made.ports, order)).toEqual({ kind: 'done' });
    expect(made.proxy.file).toContain('config-version: 8');
    expect(writes(made.proxy)).toEqual([PATCH]);
  });

  test('is left alone by a change whose plan was made before it was so', async () => {
    const made = await scene({ proxy: { version: '8.0.20' } });
    const entry = must(await listEntries(made.ports)).find(({ label }) => label === 'Other one')!;
    const ref = { list: entry.list, id: entry.id, index: entry.index, keyIndex: 0 };
    const edit = { paused: true };
    const planned = must(await planEntry(made.ports, new Map(), ref, edit));
    if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
    expect(planned.file).toEqual([]);
    const half = await halfConvert(made);
    const order = { ref, edit, hash: planned.hash, keyId: made.keyId, signal: never() };
    expect(await editEntry(made.ports, order)).toEqual({ kind: 'changed' });
    expect(made.proxy.file).toBe(half);
  });

  test('is converted by a change of many, whose plan says so, in all lists', async () => {
    const made = await scene({
      proxy: { version: '8.0.20', layout: 'mixed', lists: { 'claude-api-key': [CLAUDE] } },
    });
    const entries = must(await listEntries(made.ports));
    const bases = new Map<string, Chosen>();
    const order = { edit: { priority: '7' }, emptied: false };
    const view = must(await openEdits(made.ports, bases, 'e', { keyIds: [], entries }, order));
    expect(view.file).toEqual([{ kind: 'converts' }]);
    const chosen = bases.get('e')!;
    const done = await editEntries(made.ports, {
      editId: 'e',
      chosen,
      order,
      hash: view.hash,
      signal: never(),
    });
    expect(done).toEqual({ kind: 'done' });
    expect(made.proxy.lists['claude-api-key']).toMatchObject([{ priority: 7 }]);
    expect(made.proxy.file).toContain('config-version: 8');
  });

  test('is converted by a batch, whose plan says so; one that was planned before is shown again', async () => {
    const made = await scene({ proxy: { version: '8.0.20' } });
    const batches: Batches = new Map();
    const order = { batchId: 'b', keyIds: [made.keyId] };
    const first = must(await openBatch(made.ports, batches, order, never()));
    expect(first.file).toEqual([]);
    const half = await halfConvert(made);
    const write = (hash: string) =>
      importBatch(made.ports, {
        batchId: 'b',
        batch: batches.get('b')!,
        options: BATCH_DEFAULTS,
        hash,
        signal: never(),
      });
    const again = await write(first.hash);
    if (again.kind !== 'replan') throw new Error(JSON.stringify(again));
    expect(again.view.file).toEqual([{ kind: 'converts' }]);
    expect(made.proxy.file).toBe(half);
    expect(await write(again.view.hash)).toMatchObject({ kind: 'done', served: 1 });
    expect(made.proxy.file).toContain('config-version: 8');
    const later = must(await openBatch(made.ports, new Map(), order, never()));
    expect(later).toMatchObject({ unchanged: true, file: [] });
  });

  test('is converted by an undo only after it was asked, and also where others changed the entry since', async () => {
    const made = await scene({ proxy: { version: '8.0.20' } });
    const before = structuredClone(made.proxy.lists);
    expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
    const { id } = (await recordsOf(made.ports))[0]!;
    const half = await halfConvert(made);
    const asked = await undoImport(made.ports, id, undefined, never());
    if (asked.kind !== 'changed') throw new Error(JSON.stringify(asked));
    expect(asked).toMatchObject({ converts: 'only', lost: { keys: 0, models: [], fields: [] } });
    expect(made.proxy.file).toBe(half);
    // What was agreed to is no loss of what others do meanwhile.
    const more = half.replace('My relay', 'My relay\n    priority: 9');
    await made.proxy.setFile(more);
    const lost = await undoImport(made.ports, id, asked.hash, never());
    if (lost.kind !== 'changed') throw new Error(JSON.stringify(lost));
    expect(lost).toMatchObject({ converts: 'too', lost: { fields: ['priority'] } });
    expect(made.proxy.file).toBe(more);
    expect(await undoImport(made.ports, id, lost.hash, never())).toEqual({ kind: 'undone' });
    expect(made.proxy.lists).toEqual(before);
    expect(made.proxy.file).toContain('config-version: 8');
  });

  test('that became so after a loss was agreed to is asked about anew', async () => {
    const made = await scene({ proxy: { version: '8.0.20' } });
    await importNow(made.ports, made.keyId);
    const { id } = (await recordsOf(made.ports))[0]!;
    await made.proxy.setFile(made.proxy.file.replace('My relay', 'My relay\n    priority: 9'));
    const lost = await undoImport(made.ports, id, undefined, never());
    if (lost.kind !== 'changed') throw new Error(JSON.stringify(lost));
    expect(lost).not.toHaveProperty('converts');
    const half = await halfConvert(made);
    const anew = await undoImport(made.ports, id, lost.hash, never());
    expect(anew).toMatchObject({ kind: 'changed', converts: 'too' });
    expect(made.proxy.file).toBe(half);
  });

  test('that a reload takes back after it was converted is written once more, as it was agreed', async () => {
    const made = await mixed();
    const { draft, planned } = await opened(made.ports, made.keyId);
    made.proxy.faults.revertNextWrites = 1;
    expect(await apply(made.ports, made.keyId, draft, planOf({ planned }).hash)).toEqual(served(3));
    expect(writes(made.proxy)).toEqual([PATCH, PATCH]);
  });
});
