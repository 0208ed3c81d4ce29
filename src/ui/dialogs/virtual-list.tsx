import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { moveOf } from '../parts/list-keys';

/** Draws only the rows in sight: 2,000 models feel like 20. */
export function VirtualList<T>({
  items,
  rowKey,
  height,
  label,
  tabStop = false,
  held,
  roving,
  children,
}: {
  items: readonly T[];
  rowKey(item: T): string;
  /** Estimated height of a row in CSS pixels; drawn rows are measured. */
  height: number;
  label: string;
  /** Makes the list a tab stop, for lists without a control in them. */
  tabStop?: boolean;
  /** The index of a row that is drawn also when it is out of sight, so that it can take the focus. */
  held?: number | undefined;
  /**
   * Selects the control of a row that arrows, Home and End move between. Tab reaches only the row that is `active`. Such
   * a list fades out at its lower edge where it goes on.
   */
  roving?: string;
  children(item: T, active: boolean): ReactNode;
}): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setActive] = useState(0);
  const active = Math.min(chosen, items.length - 1);
  const always = held ?? (roving ? active : -1);
  const at = (index: number): T => items[index] as T;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rowKey(at(index)),
    overscan: 6,
    // The active row is always there, so that it can take and keep the focus.
    ...(always >= 0 && {
      rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), always])],
    }),
  });
  const keys = roving && {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => setActive(indexOf(target)),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const from = event.target as HTMLElement;
      const to = from.matches(roving) ? moveOf(event.key, indexOf(from), items.length) : undefined;
      if (to === undefined) return;
      event.preventDefault();
      const next = Math.max(0, Math.min(items.length - 1, to));
      flushSync(() => setActive(next));
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] :is(${roving})`)?.focus();
    },
  };
  // A list is no control, but without one inside the keyboard could not scroll it.
  const focus = { tabIndex: tabStop ? 0 : -1 };
  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-y-auto"
      role="list"
      aria-label={label}
      {...focus}
      {...keys}
    >
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
            {children(at(row.index), row.index === active)}
          </div>
        ))}
      </div>
      {roving && (
        // Behind the last row where the list ends, over the rows where it goes on.
        <div className="pointer-events-none sticky bottom-0 h-4" style={FADE} aria-hidden />
      )}
    </div>
  );
}

/** Plain CSS: a utility for it would bring the machinery of all gradients into the one style sheet. */
const FADE = { background: 'linear-gradient(transparent, var(--color-surface))' };

/** The index of the row that an element stands in. */
const indexOf = (element: HTMLElement): number =>
  Number(element.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? 0);
