import { figure, median, type Figure } from './figures.ts';
import { paintOnce, type Paint } from './paint.ts';

const RUNS = 5;
const KEYS = 200;

/** The popup with 200 keys, over one connection and over three, in turn and in the same run. */
export async function measureSeveral(extension: string): Promise<Figure[]> {
  const paints = new Map<number, Paint[]>([
    [1, []],
    [3, []],
  ]);
  for (let run = 0; run < RUNS; run++) {
    for (const connections of run % 2 ? [3, 1] : [1, 3])
      paints.get(connections)?.push(await paintOnce(extension, 'popup.html', { keys: KEYS, connections }));
  }
  const of = (connections: number, what: keyof Paint): number =>
    median((paints.get(connections) ?? []).map((paint) => paint[what]));
  return (['fcp', 'usable', 'cpu'] as const).flatMap((what) => [
    ...[1, 3].map((connections) =>
      figure(`popup, ${KEYS} keys, ${connections} connections, ${NAMES[what]}`, of(connections, what), 'ms'),
    ),
    figure(`popup, three connections against one, ${NAMES[what]}`, of(3, what) / of(1, what), '×', 1.05),
  ]);
}

const NAMES = { fcp: 'first paint', usable: 'usable Import', cpu: 'main thread' } as const;
