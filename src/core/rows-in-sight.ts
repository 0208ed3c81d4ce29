/**
 * The index of the first item of each row of a long list; the last number is how many items there are. `columns` items
 * stand in a row, fewer where the next item begins a group: those in `starts`, in order.
 */
export function rowsOf(count: number, columns: number, starts: readonly number[] = []): number[] {
  const firsts: number[] = [];
  let group = 0;
  for (let at = 0; at < count;) {
    firsts.push(at);
    while ((starts[group] ?? count) <= at) group++;
    at = Math.min(at + columns, starts[group] ?? count);
  }
  return [...firsts, count];
}

/**
 * Where each of the rows begins, in pixels below the first; the last number is where one more row would begin. A row is as
 * high as the highest of its items, below what stands above its first. `gap`: pixels below each row.
 */
export function topsOf(
  firsts: readonly number[],
  heightOf: (index: number) => number,
  gap: number,
  aboveOf: (index: number) => number = () => 0,
): number[] {
  const tops = [0];
  let top = 0;
  for (let row = 0; row + 1 < firsts.length; row++) {
    const [from = 0, end = 0] = [firsts[row], firsts[row + 1]];
    let height = 0;
    for (let index = from; index < end; index++) height = Math.max(height, heightOf(index));
    top += aboveOf(from) + height + gap;
    tops.push(top);
  }
  return tops;
}

/**
 * The row at a height of the list, the nearest one where it is above or below all of them; -1 where there is none. Among
 * first items it is the row of an item.
 */
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
