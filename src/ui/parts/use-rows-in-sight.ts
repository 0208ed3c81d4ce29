import { useCallback, useLayoutEffect, useMemo, useState, type CSSProperties } from 'react';
import { flushSync } from 'react-dom';
import { columnsIn, rowAt, rowsOf, topsOf } from '../../core/rows-in-sight';

/** Pixels above and below what is in sight that are drawn, too, so that scrolling a little needs no drawing. */
const BEYOND = 200;

interface ListLook {
  /** Estimated pixels of an item; items are measured once they are drawn. */
  size: number;
  /** Pixels between items. */
  gap?: number;
  /** Least pixels of a column; without it there is one column. */
  column?: number;
  /** The element around the list scrolls; otherwise the page does, as a whole. */
  scrolls?: boolean;
  /** Items that begin a row, by their index and in order, with the pixels of what stands above them. */
  groups?: ReadonlyMap<number, number>;
  /** Index of an item that is always drawn, so that it can take and keep the focus. */
  kept?: number;
}

export interface RowsInSight<E extends HTMLElement> {
  /** For the element whose children are the drawn items, each with its index as `data-index`. Make it `relative`. */
  ref(element: E | null): void;
  style: CSSProperties;
  columns: number;
  drawn: { index: number; style: CSSProperties | undefined }[];
}

const NO_GROUPS: ReadonlyMap<number, number> = new Map();

/** What of the list is in sight: pixels from the top of its items. */
interface Sight {
  top: number;
  height: number;
  columns: number;
}

/** Draws only the items in sight of a list or a grid: ten thousand feel like ten. */
export function useRowsInSight<E extends HTMLElement = HTMLDivElement>(
  ids: readonly (string | number)[],
  { size, gap = 0, column, scrolls = false, groups = NO_GROUPS, kept = -1 }: ListLook,
): RowsInSight<E> {
  const [list, ref] = useState<E | null>(null);
  const [heights] = useState(() => new Map<string | number, number>());
  const [sight, setSight] = useState<Sight>({ top: 0, height: innerHeight, columns: 1 });
  const { columns } = sight;
  const look = useCallback(() => {
    if (!list) return;
    // Not the list itself: what scrolls cannot be lower than its own padding.
    const frame = scrolls ? list.parentElement : null;
    const top = (frame?.getBoundingClientRect().top ?? 0) - list.getBoundingClientRect().top;
    const height = frame?.clientHeight ?? innerHeight;
    const fitting = column === undefined ? 1 : columnsIn(list.clientWidth, column, gap);
    const next = { top, height, columns: fitting };
    setSight((before) => (isNear(before, next) ? before : next));
  }, [list, scrolls, column, gap]);
  useFollow(list, look);
  const firsts = useMemo(() => rowsOf(ids.length, columns, [...groups.keys()]), [ids, columns, groups]);
  // Heights that were learned since the last look count from this one on.
  const tops = useMemo(
    () =>
      topsOf(
        firsts,
        (at) => heights.get(ids[at] ?? '') ?? size,
        gap,
        (at) => groups.get(at) ?? 0,
      ),
    [ids, sight, firsts, heights, size, gap, groups],
  );
  const first = rowAt(tops, sight.top - BEYOND);
  const last = rowAt(tops, sight.top + sight.height + BEYOND);
  useLayoutEffect(() => {
    if (!list) return;
    const above = Math.max(first, rowAt(tops, sight.top));
    const grown = learn(list, heights, ids, { tops, firsts, gap, first, above, last, groups });
    // What is in sight stays where it is when rows above it turn out to be higher or lower than was thought.
    if (grown !== 0) ((scrolls && list.parentElement) || window).scrollBy(0, grown);
  }, [list, heights, ids, tops, firsts, first, last, sight.top, scrolls, gap, groups]);
  const drawn: RowsInSight<E>['drawn'] = [];
  const from = Math.max(0, firsts[first] ?? 0);
  const end = firsts[last + 1] ?? 0;
  const keep = (): void => {
    if (kept < 0 || kept >= ids.length) return;
    const top = tops[rowAt(firsts, kept)] ?? 0;
    drawn.push({ index: kept, style: { position: 'absolute', top, width: `${100 / columns}%` } });
  };
  if (kept < from) keep();
  for (let index = from; index < end; index++) drawn.push({ index, style: undefined });
  if (kept >= end) keep();
  return {
    ref,
    columns,
    drawn,
    style: {
      paddingTop: tops[first] ?? 0,
      paddingBottom: (tops.at(-1) ?? 0) - (tops[last + 1] ?? 0),
      overflowAnchor: 'none',
      ...(column !== undefined && { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }),
    },
  };
}

/**
 * Moves the focus to a row, however far away it is: `draw` makes it the one that is always drawn (`kept`), since only then
 * can it take the focus, and `find` finds it in the document.
 */
export function focusRow(draw: () => void, find: () => HTMLElement | null | undefined): void {
  flushSync(draw);
  const row = find();
  row?.focus();
  // The rows around it are drawn when the page has scrolled there, and may be higher than was thought.
  requestAnimationFrame(() => row?.scrollIntoView({ block: 'nearest' }));
}

/** A little further needs no drawing. */
const isNear = (before: Sight, next: Sight): boolean =>
  before.columns === next.columns &&
  before.height === next.height &&
  Math.abs(before.top - next.top) < BEYOND / 3;

/** Looks again whenever something scrolls, or the list or the page around it gets another size. */
function useFollow(list: HTMLElement | null, look: () => void): void {
  useLayoutEffect(() => {
    look();
    // At once: the frame that shows the new place should have its rows.
    const atOnce = (): void => flushSync(look);
    const watch = new ResizeObserver(look);
    watch.observe(document.body);
    if (list) watch.observe(list);
    addEventListener('scroll', atOnce, { capture: true, passive: true });
    addEventListener('resize', look);
    return () => {
      watch.disconnect();
      removeEventListener('scroll', atOnce, { capture: true });
      removeEventListener('resize', look);
    };
  }, [list, look]);
}

/** Notes how high the drawn items are; by how many pixels the rows above row `above` are higher than was thought. */
function learn(
  element: HTMLElement,
  heights: Map<string | number, number>,
  ids: readonly (string | number)[],
  {
    tops,
    firsts,
    gap,
    first,
    above,
    last,
    groups,
  }: Record<'gap' | 'first' | 'above' | 'last', number> &
    Record<'tops' | 'firsts', readonly number[]> & { groups: ReadonlyMap<number, number> },
): number {
  let grown = 0;
  for (const child of element.children as HTMLCollectionOf<HTMLElement>) {
    const index = Number(child.dataset['index']);
    const id = ids[index];
    const row = rowAt(firsts, index);
    // One that is kept out of sight has no row around it.
    if (id === undefined || row < first || row > last) continue;
    const height = child.offsetHeight;
    heights.set(id, height);
    if (row < above && index === firsts[row])
      grown += (groups.get(index) ?? 0) + height + gap - ((tops[row + 1] ?? 0) - (tops[row] ?? 0));
  }
  return grown;
}
