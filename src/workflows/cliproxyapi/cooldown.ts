import type { ChangeJob } from '../change-job';
import type { World } from '../ports';

/** After a write was seen served, and after one that was not (a reload of 1,000 providers takes that long). */
const REST_MS = 300;
export const UNSERVED_REST_MS = 1_500;

/** Waits until the last write has settled. */
export async function waitForQuiet(
  world: Pick<World, 'passing' | 'clock'>,
  job: Pick<ChangeJob, 'stage' | 'signal'>,
): Promise<void> {
  const passing = await world.passing.read();
  const wait = passing.ok ? passing.value.quietUntil - world.clock.now() : 0;
  if (wait <= 0) return;
  await job.stage('waiting');
  await world.clock.sleep(Math.min(wait, UNSERVED_REST_MS), job.signal);
}

/** After a write was seen served the proxy rests shortly; otherwise longer. */
export async function restAfterWrite(
  world: Pick<World, 'passing' | 'clock'>,
  served: boolean,
): Promise<void> {
  await world.passing.change((document) => {
    document.quietUntil = world.clock.now() + (served ? REST_MS : UNSERVED_REST_MS);
  });
}
