import { describe, expect, test } from 'vitest';
import { columnsIn, rowAt, rowsOf, topsOf } from '../../src/core/rows-in-sight';

describe('rows of a long list', () => {
  test.each<[string, number, number, number[], number[]]>([
    ['none', 0, 1, [], [0]],
    ['one below the other, with a gap after each', 3, 1, [10, 20, 30], [0, 12, 34, 66]],
    ['as high as the highest of its items', 4, 2, [10, 20, 30, 5], [0, 22, 54]],
    ['the last one may be short', 3, 2, [10, 20, 30], [0, 22, 54]],
  ])('begin: %s', (_what, count, columns, heights, tops) => {
    expect(topsOf(rowsOf(count, columns), (at) => heights[at]!, 2)).toEqual(tops);
  });

  test.each<[string, number, number, number[], number[]]>([
    ['in a grid', 5, 2, [], [0, 2, 4, 5]],
    ['of groups, each on a row of its own', 7, 2, [0, 3, 4], [0, 2, 3, 4, 6, 7]],
    ['of one group', 3, 3, [0], [0, 3]],
    ['of none', 0, 2, [], [0]],
  ])('have their first items: %s', (_what, count, columns, starts, firsts) => {
    expect(rowsOf(count, columns, starts)).toEqual(firsts);
    const rows = Array.from({ length: count }, (_, at) => rowAt(firsts, at));
    expect(rows.every((row, at) => firsts[row]! <= at && at < firsts[row + 1]!)).toBe(true);
  });

  test('are lower by what stands above a group', () => {
    const above = (at: number): number => (at === 0 ? 30 : at === 3 ? 7 : 0);
    expect(topsOf(rowsOf(5, 2, [0, 3]), () => 10, 2, above)).toEqual([0, 42, 54, 73]);
  });

  test('are found by a height', () => {
    const tops = topsOf(rowsOf(1000, 1), () => 10, 0);
    expect([-500, 0, 9, 10, 5005, 9_999, 90_000].map((pixels) => rowAt(tops, pixels))).toEqual([
      0, 0, 0, 1, 500, 999, 999,
    ]);
    expect(rowAt([0], 0)).toBe(-1);
  });

  test.each([
    [0, 1],
    [319, 1],
    [647, 1],
    [648, 2],
    [976, 3],
  ])('%i pixels have room for %i columns of 320 with gaps of 8', (width, columns) => {
    expect(columnsIn(width, 320, 8)).toBe(columns);
  });
});
