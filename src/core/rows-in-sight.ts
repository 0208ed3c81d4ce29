/**
 * Where each row of a long list begins, in pixels below the first; the last number is where one more row would begin.
 * `columns` items stand in a row, which is as high as the highest of them. `gap`: pixels below each row.
 */
export function topsOf(
  count: number,
  columns: number,
  heightOf: (index: number) => number,
  gap: number,
): number[] {
  const tops = [0];
  let top = 0;
  for (let from = 0; from < count; from += columns) {
    let height = 0;
    for (let index = from; index < Math.min(count, from + columns); index++)
      height = Math.max(height, heightOf(index));
    top += height + gap;
    tops.push(top);
  }
  return tops;
}

/** The row at a height of the list, the nearest one where it is above or below all of them; -1 where there is none. */
export function rowAt(tops: readonly number[], pixels: number): number {
  let [low, high] = [0, tops.length - 2];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= pixels) low = middle;
    else high = middle - 1;
  }
  return high;
}

/** How many columns of at least `least` pixels fit into a width. */
export const columnsIn = (width: number, least: number, gap: number): number =>
  Math.max(1, Math.floor((width + gap) / (least + gap)));
