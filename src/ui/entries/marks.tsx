import type { ReactNode } from 'react';
import { KEY_STANDINGS, type KeyStanding } from './standing';

/** CSS pixels. */
const CELL = 12;
const PER_LINE = 20;
/** A provider with more keys shows the first of these and how many more there are. */
export const MOST_MARKS = 2 * PER_LINE;

const circle = (radius: number): string =>
  `m${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;

/** From the middle of a cell. Each differs in shape and not in colour alone. */
const LOOKS: Record<KeyStanding, { path: string; color: string; filled?: true; dashes?: string }> = {
  review: { path: 'm0-4.5l4.5 8.5h-9z', color: 'text-warn', filled: true },
  unproved: { path: `${circle(4)}m3.5 0h1`, color: 'text-ink-2' },
  unknown: { path: circle(4), color: 'text-ink-3', dashes: '1.6 1.54' },
  off: { path: circle(4), color: 'text-ink-3' },
  served: { path: circle(4.5), color: 'text-ok', filled: true },
  proved: { path: circle(4.5), color: 'text-ok', filled: true },
};

/** A mark for each key, the worst first, as one drawing: a path for each standing, however many keys there are. */
export function Marks({ keys }: { keys: readonly KeyStanding[] }): ReactNode {
  const shown = KEY_STANDINGS.flatMap((kind) => keys.filter((key) => key === kind)).slice(0, MOST_MARKS);
  const middles = (kind: KeyStanding, path: string): string =>
    shown.map((key, at) => (key === kind ? `M${middleOf(at)}${path}` : '')).join('');
  return (
    <svg {...sizeOf(shown.length)} className="flex-none" aria-hidden>
      {KEY_STANDINGS.filter((kind) => shown.includes(kind)).map((kind) => {
        const { path, color, filled, dashes } = LOOKS[kind];
        return (
          <path
            key={kind}
            d={middles(kind, path)}
            className={color}
            fill={filled ? 'currentColor' : 'none'}
            stroke={filled ? 'none' : 'currentColor'}
            strokeWidth={1.5}
            strokeDasharray={dashes}
          />
        );
      })}
      {shown.includes('proved') && (
        <path
          d={middles('proved', 'm-2 0l1.5 1.75l2.5-3.25')}
          fill="none"
          stroke="var(--color-surface)"
          strokeWidth={1.5}
        />
      )}
    </svg>
  );
}

const middleOf = (at: number): string =>
  `${(at % PER_LINE) * CELL + CELL / 2} ${Math.floor(at / PER_LINE) * CELL + CELL / 2}`;

const sizeOf = (count: number): { width: number; height: number } => ({
  width: widthOfMarks(count),
  height: Math.ceil(count / PER_LINE) * CELL,
});

/** The room that the marks of so many keys take, in CSS pixels. */
export const widthOfMarks = (count: number): number => Math.min(count, PER_LINE) * CELL;

const BAR = { width: 140, height: 8 };

/** As long as the models are many (`of`: those of the longest), filled as far as they are known to be served. */
export function ModelsBar({ models, served, of }: { models: number; served: number; of: number }): ReactNode {
  const length = (count: number): number => (BAR.width * count) / Math.max(1, of);
  if (models === 0) return null;
  return (
    <svg {...BAR} className="mb-0.5 block text-ok" aria-hidden>
      <rect width={Math.max(served && 7, length(served))} height={BAR.height} rx={1} fill="currentColor" />
      <rect
        x={0.5}
        y={0.5}
        width={Math.max(6, length(models) - 1)}
        height={BAR.height - 1}
        rx={1}
        fill="none"
        stroke={served > 0 ? 'currentColor' : 'var(--color-control)'}
      />
    </svg>
  );
}
