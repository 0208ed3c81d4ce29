import type { Ports } from '../ports';

/** By this name the worker hears that a look at the schedule is due. */
export const SYNC_ALARM = 'model-sync';
/** How often it is looked what is due. */
const LOOK_MINUTES = 30;

/** Alarms do not outlive every update of a browser: called whenever the worker starts or a setting changes. */
export async function armSync(ports: Pick<Ports, 'saved' | 'alarms'>): Promise<void> {
  const saved = await ports.saved.read();
  const wanted = saved.ok && saved.value.newApis.some(({ sync }) => sync.everyHours > 0);
  await ports.alarms.every(SYNC_ALARM, wanted ? LOOK_MINUTES : null);
}
