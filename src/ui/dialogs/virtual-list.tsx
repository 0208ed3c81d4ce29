import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';

/** Draws only the rows in sight: 2,000 models feel like 20. */
export function VirtualList<T>({
  items,
  rowKey,
  height,
  label,
  tabStop = false,
  children,
}: {
  items: readonly T[];
  rowKey(item: T): string;
  /** Estimated height of a row in CSS pixels; drawn rows are measured. */
  height: number;
  label: string;
  /** Makes the list a tab stop, for lists without a control in them. */
  tabStop?: boolean;
  children(item: T): ReactNode;
}): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const at = (index: number): T => items[index] as T;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rowKey(at(index)),
    overscan: 6,
  });
  // A list is no control, but without one inside the keyboard could not scroll it.
  const focus = { tabIndex: tabStop ? 0 : -1 };
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" role="list" aria-label={label} {...focus}>
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => (
          <div
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            role="listitem"
            aria-setsize={items.length}
            aria-posinset={row.index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${row.start}px)` }}
          >
            {children(at(row.index))}
          </div>
        ))}
      </div>
    </div>
  );
}
