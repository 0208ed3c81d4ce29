import type { World } from '../ports';

/** By this name the worker hears that a look at the schedule is due. */
export const SYNC_ALARM = 'model-sync';
/** How often it is looked what is due. */
const LOOK_MINUTES = 30;

/** Alarms do not outlive every update of a browser: called whenever the worker starts or a setting changes. */
export async function armSync(world: Pick<World, 'kept' | 'alarms'>): Promise<void> {
  const kept = await world.kept.read();
  const wanted = kept.ok && (kept.value.newApis ?? []).some(({ sync }) => (sync?.everyHours ?? 0) > 0);
  await world.alarms.every(SYNC_ALARM, wanted ? LOOK_MINUTES : null);
}
