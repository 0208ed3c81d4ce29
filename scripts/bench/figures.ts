/** One measured number beside what it should be. Times are reported only: they differ from machine to machine. */
export interface Figure {
  what: string;
  value: number;
  unit: 'ms' | '×' | 'requests' | 'rows' | 'frames' | 'MB';
  /** What the number should not exceed; undefined: there is no aim. */
  aim?: number;
}

export const figure = (what: string, value: number, unit: Figure['unit'], aim?: number): Figure => ({
  what,
  value: Math.round(value * 100) / 100,
  unit,
  ...(aim !== undefined && { aim }),
});

/** The value below which that share of the list lies. */
export function percentile(list: readonly number[], share: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (list: readonly number[]): number => percentile(list, 0.5);

export const figureTable = (figures: Figure[]): string =>
  figures
    .map(({ what, value, unit, aim }) => {
      const verdict = aim === undefined ? '' : `  aim ${aim}${value > aim ? ', MISSED' : ''}`;
      return `${what.padEnd(64)}${String(value).padStart(9)} ${unit}${verdict}`;
    })
    .join('\n');
