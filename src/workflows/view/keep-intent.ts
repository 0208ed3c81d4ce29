import type { Intent } from '../../core/cliproxyapi/card';
import { ok, type Result } from '../../core/result';
import type { World } from '../ports';

type Needs = Pick<World, 'passing' | 'clock' | 'pulse'>;

/**
 * Remembers what the user was about to do before the browser's prompt closes the popup, or while they set up
 * CLIProxyAPI. Lives until the browser closes.
 */
export async function setIntent(world: Needs, intent: Omit<Intent, 'at'>): Promise<Result<true>> {
  const saved = await world.passing.change((document) => {
    document.intent = { ...intent, at: world.clock.now() };
  });
  return saved.ok ? ok(true) : saved;
}

export async function clearIntent(world: Needs): Promise<Result<true>> {
  const saved = await world.passing.change((document) => {
    document.intent = null;
  });
  if (!saved.ok) return saved;
  await world.pulse.changed();
  return ok(true);
}

/** Forgets notices that a page has shown. */
export async function forgetNotices(world: Needs, seen: readonly string[]): Promise<Result<true>> {
  const saved = await world.passing.change((document) => {
    document.notices = document.notices.filter((notice) => !seen.includes(notice.id));
  });
  return saved.ok ? ok(true) : saved;
}
