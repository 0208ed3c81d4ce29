import { describe, expect, test } from 'vitest';
import { gatherBatches } from '../../../src/core/history/gather-batches';
import type { BatchHistoryItem, ProviderHistoryItem } from '../../../src/core/history/history';
import { historyItem } from '../../ui/samples';

const KEYS = [
  { name: 'a', mask: 'sk-a' },
  { name: 'b', mask: 'sk-b' },
];

const write = (id: string, more: Partial<ProviderHistoryItem> = {}): ProviderHistoryItem =>
  historyItem({ id, at: 1, batch: 'b', batchKeys: 4, keys: KEYS, ...more });

const batchOf = (...writes: ProviderHistoryItem[]): BatchHistoryItem => {
  const [line, ...more] = gatherBatches(writes);
  if (line?.about !== 'batch' || more.length > 0) throw new Error('not one line of a batch');
  return line;
};

describe('the lines of History', () => {
  test('gather what one batch wrote, and what each undo of it took back', () => {
    const undo = { action: 'undo' } as const;
    const alone = historyItem({ id: 'alone' });
    const lines = gatherBatches([
      write('u3', { ...undo, at: 9 }),
      write('u2', { ...undo, at: 8 }),
      write('u1', { ...undo, at: 8 }),
      alone,
      write('r2'),
      write('r1'),
    ]);
    expect(lines.map(({ about, id }) => [about, id])).toEqual([
      ['batch', 'b 9'],
      ['batch', 'b 8'],
      ['provider', 'alone'],
      ['batch', 'b'],
    ]);
    expect(lines[3]).toMatchObject({ count: 4, missing: 0, providers: [{ id: 'r2' }, { id: 'r1' }] });
    expect(lines[1]).toMatchObject({ action: 'undo', count: 2, undoable: false });
  });

  test('leave a batch of a single key to that key', () => {
    const one = write('r1', { batchKeys: 1, keys: KEYS.slice(1) });
    expect(gatherBatches([one])).toEqual([one]);
    expect(batchOf({ ...one, batchKeys: 2 })).toMatchObject({ count: 2, missing: 1 });
  });

  type Phases = ProviderHistoryItem['phase'][];
  test.each<[Phases, BatchHistoryItem['phase'], boolean]>([
    [['done', 'done'], 'done', true],
    [['done', 'writing'], 'writing', false],
    [['written', 'not-written'], 'writing', false],
    [['done', 'not-written'], 'partly-written', true],
    [['done', 'needs-look'], 'needs-look', true],
    [['undone', 'done'], 'partly-undone', true],
    [['undone', 'needs-look'], 'partly-undone', true],
    [['undone', 'not-written'], 'undone', false],
    [['undone', 'undone'], 'undone', false],
    [['not-written', 'not-written'], 'not-written', false],
  ])('tell of %j that it is %s', (phases, phase, undoable) => {
    const line = batchOf(...phases.map((one, at) => write(`r${at}`, { phase: one })));
    expect(line).toMatchObject({ phase, undoable });
  });

  test('tell of a batch of which records are lost that it was written in part', () => {
    expect(batchOf(write('r1'))).toMatchObject({ phase: 'partly-written', count: 4, written: 2, missing: 2 });
    expect(batchOf(write('r1', { phase: 'undone' }))).toMatchObject({ phase: 'undone', missing: 2 });
  });

  test('count changes by providers, and sum up what all of them could say', () => {
    const edits = ['e1', 'e2'].map((id) => write(id, { action: 'edit', served: 1, total: 2, tookMs: 5 }));
    expect(batchOf(...edits)).toMatchObject({ count: 2, missing: 0, served: 2, total: 4, tookMs: 5 });
    const unasked = write('e3', { action: 'edit', served: null, undoneAt: 7 });
    expect(batchOf(...edits, unasked)).toMatchObject({ served: null, undoneAt: 7 });
  });

  test('count what went to several at each of them, and name them', () => {
    const own = { batchKeys: 2, proxyHost: 'Laptop' } as const;
    const there = { batchKeys: 2, proxyHost: 'NAS' } as const;
    expect(batchOf(write('l', own), write('n', there))).toMatchObject({
      places: ['Laptop', 'NAS'],
      each: 2,
      count: 4,
      missing: 0,
      phase: 'done',
    });
    // One key of two is not in the record of the NAS.
    const less = write('n', { ...there, keys: KEYS.slice(1) });
    expect(batchOf(write('l', own), less)).toMatchObject({ each: 2, count: 4, written: 3, missing: 1 });
    const down = write('n', { ...there, phase: 'not-written' });
    expect(batchOf(write('l', own), down)).toMatchObject({ phase: 'partly-written', written: 2 });
  });

  test('make one line of a single key that went to several, and of the undo of that', () => {
    const one = { batchKeys: 1, keys: KEYS.slice(1) };
    const writes = ['Laptop', 'NAS'].map((proxyHost) => write(proxyHost, { ...one, proxyHost }));
    expect(batchOf(...writes)).toMatchObject({ each: 1, count: 2 });
    const undos = writes.map((item): ProviderHistoryItem => ({ ...item, action: 'undo', at: 9 }));
    expect(batchOf(...undos)).toMatchObject({ each: 1, places: ['Laptop', 'NAS'] });
  });
});
