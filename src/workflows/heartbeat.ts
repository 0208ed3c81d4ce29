import type { Ports } from './ports';

/** The browser stops a worker that hears nothing for thirty seconds; each of these calls is something to hear. */
const BEAT_MS = 5_000;

/** Does work for which the browser wakes the worker again if it stops it. */
export async function whileAwake<T>(ports: Pick<Ports, 'keepAlive'>, work: () => Promise<T>): Promise<T> {
  await ports.keepAlive.set(true);
  try {
    return await work();
  } finally {
    await ports.keepAlive.set(false);
  }
}

export type Report = (done: number, total: number) => void;

/** Tells pages and the browser that work goes on: often enough, and not at each of a thousand steps. */
export function heartbeat(ports: Pick<Ports, 'clock' | 'pages'>): () => Promise<void> {
  let last = ports.clock.now();
  return async () => {
    const now = ports.clock.now();
    if (now - last < BEAT_MS) return;
    last = now;
    await ports.pages.notify();
  };
}

/** Waits in pieces, each of which the browser notices. Timers may ring early: the clock decides. */
export async function sleepUntil(
  ports: Pick<Ports, 'clock' | 'pages'>,
  until: number,
  signal: AbortSignal,
): Promise<void> {
  for (let left = until - ports.clock.now(); left > 0 && !signal.aborted; left = until - ports.clock.now()) {
    await ports.clock.sleep(Math.min(left, BEAT_MS), signal);
    await ports.pages.notify();
  }
}
