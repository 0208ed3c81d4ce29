import { ok, type Result } from '../core/result';
import type { Settings } from '../core/settings';
import type { World } from './world';

export async function saveSettings(
  world: Pick<World, 'kept' | 'pulse'>,
  settings: Settings,
): Promise<Result<true>> {
  const saved = await world.kept.change((document) => {
    document.settings = settings;
  });
  if (!saved.ok) return saved;
  await world.pulse.changed();
  return ok(true);
}
