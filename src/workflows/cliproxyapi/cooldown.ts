import type { Ports } from '../ports';
import type { ChangeJob } from './change-job';

/** After a write was seen served, and after one that was not (a reload of 1,000 providers takes that long). */
const REST_MS = 300;
export const UNSERVED_REST_MS = 1_500;

/** Waits until the last write has settled. */
export async function waitForCooldown(job: Pick<ChangeJob, 'ports' | 'signal' | 'showStage'>): Promise<void> {
  const { ports, signal } = job;
  const session = await ports.session.read();
  const wait = session.ok ? session.value.quietUntil - ports.clock.now() : 0;
  if (wait <= 0) return;
  await job.showStage('waiting');
  await ports.clock.sleep(Math.min(wait, UNSERVED_REST_MS), signal);
}

/** After a write was seen served the proxy rests shortly; otherwise longer. */
export async function restAfterWrite(ports: Ports, served: boolean): Promise<void> {
  await ports.session.change((document) => {
    document.quietUntil = ports.clock.now() + (served ? REST_MS : UNSERVED_REST_MS);
  });
}
