import type { Notice, Running } from '../core/cliproxyapi/card';
import type { Failure } from '../core/failure';
import type { World } from './ports';

type Needs = Pick<World, 'passing' | 'pulse' | 'ids' | 'clock'>;

/** Says where an import is. Each call is also what keeps the worker alive (30 s after the last event). */
export async function showRunning(
  world: Needs,
  keys: string | readonly string[],
  running: Running | null,
): Promise<void> {
  await world.passing.change((document) => {
    for (const keyId of [keys].flat()) {
      if (running) document.running[keyId] = running;
      else delete document.running[keyId];
    }
  });
  await world.pulse.changed();
}

/** Adds what a toast will say; at most the last twenty wait for a page. */
export async function addNotice(
  world: Needs,
  notice: Pick<Notice, 'keyId' | 'keyName' | 'outcome'>,
): Promise<void> {
  await world.passing.change((document) => {
    document.notices.push({ id: world.ids.next(), at: world.clock.now(), ...notice });
    document.notices = document.notices.slice(-20);
  });
}

/** Says a failure that no card will hold. */
export function announceFailure(
  world: Needs,
  key: { keyId: string; keyName: string },
  failure: Failure,
): Promise<void> {
  return addNotice(world, { ...key, outcome: { kind: 'failed', failure } }).then(() => world.pulse.changed());
}
