import { describe, expect, test } from 'vitest';
import { placeTargets, splitRow, TARGETS, type StoredIcons } from '../../../src/core/handoff/targets';

const split = (stored?: StoredIcons): { row: string[]; more: string[] } => {
  const { row, more } = splitRow(placeTargets(stored));
  return { row: row.map(({ id }) => id), more: more.map(({ id }) => id) };
};

describe('the row of a card', () => {
  test('has copy alone unless the user changed it; the rest is under Send to', () => {
    const { row, more } = split();
    expect(row).toEqual(['copy']);
    expect([...row, ...more].toSorted()).toEqual(TARGETS.map(({ id }) => id).toSorted());
  });

  test('has the user’s order, without what is hidden', () => {
    const stored = [
      { id: 'cc-switch', shown: true },
      { id: 'copy', shown: false },
      { id: 'nextchat', shown: true },
    ];
    expect(split(stored).row).toEqual(['cc-switch', 'nextchat']);
    expect(split(stored).more[0]).toBe('copy');
  });

  test('takes four; a fifth is under Send to', () => {
    const stored = ['kelivo', 'aionui', 'copy', 'nextchat', 'opencat'].map((id) => ({ id, shown: true }));
    expect(split(stored).row).toEqual(['kelivo', 'aionui', 'copy', 'nextchat']);
    expect(split(stored).more[0]).toBe('opencat');
  });

  test('may be empty', () => {
    expect(split(TARGETS.map(({ id }) => ({ id, shown: false }))).row).toEqual([]);
  });

  test('forgets what is no longer known, and puts what is new under Send to', () => {
    const { row, more } = split([
      { id: 'gone', shown: true },
      { id: 'lobechat', shown: true },
    ]);
    expect(row).toEqual(['lobechat']);
    expect(more).toHaveLength(TARGETS.length - 1);
  });
});
