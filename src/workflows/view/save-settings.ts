import { ok, type Result } from '../../core/result';
import type { Settings } from '../../core/view/settings';
import type { World } from '../ports';

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
