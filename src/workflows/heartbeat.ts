import type { World } from './ports';

/** The browser stops a worker that hears of nothing for thirty seconds; each of these calls is something. */
const BEAT_MS = 5_000;

export type Report = (done: number, total: number) => void;

/** Says to pages, and to the browser, that work goes on; often enough, and not for each of a thousand steps. */
export function heartbeat(world: Pick<World, 'clock' | 'pulse'>): () => Promise<void> {
  let last = world.clock.now();
  return async () => {
    const now = world.clock.now();
    if (now - last < BEAT_MS) return;
    last = now;
    await world.pulse.changed();
  };
}

/** A long wait in pieces, each of which the browser notices. Timers may ring early: the clock decides. */
export async function sleepUntil(
  world: Pick<World, 'clock' | 'pulse'>,
  until: number,
  signal: AbortSignal,
): Promise<void> {
  for (let left = until - world.clock.now(); left > 0 && !signal.aborted; left = until - world.clock.now()) {
    await world.clock.sleep(Math.min(left, BEAT_MS), signal);
    await world.pulse.changed();
  }
}
