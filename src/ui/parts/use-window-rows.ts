import { defaultRangeExtractor, useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type CSSProperties, type RefObject } from 'react';

export interface WindowRows {
  /** The element around the rows; give it `height` and the class `relative`. */
  body: RefObject<HTMLDivElement | null>;
  height: number;
  rows: { index: number; key: string; style: CSSProperties }[];
  measure: Virtualizer<Window, Element>['measureElement'];
}

/** Draws only the rows in sight of a page that scrolls as a whole. */
export function useWindowRows(
  keys: readonly (string | number)[],
  /** Estimated pixels of a row; rows are measured once they are drawn. */
  size: number,
  /** Index of a row that is always drawn, so that it can take and keep the focus. */
  kept = -1,
): WindowRows {
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const look = (): void => setTop(body.current?.offsetTop ?? 0);
    look();
    // Content above may appear and disappear, which changes the page's length.
    const watch = new ResizeObserver(look);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({
    count: keys.length,
    estimateSize: () => size,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 8,
    scrollMargin: top,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      return kept < 0 || kept >= keys.length || drawn.includes(kept)
        ? drawn
        : [...drawn, kept].toSorted((a, b) => a - b);
    },
  });
  return {
    body,
    height: virtual.getTotalSize(),
    rows: virtual.getVirtualItems().map(({ index, key, start }) => ({
      index,
      key: String(key),
      style: { transform: `translateY(${start - top}px)` },
    })),
    measure: virtual.measureElement,
  };
}
