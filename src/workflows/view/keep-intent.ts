import type { Intent } from '../../core/cliproxyapi/card';
import { ok, type Result } from '../../core/result';
import type { Ports } from '../ports';

type Needs = Pick<Ports, 'session' | 'clock' | 'pages'>;

/**
 * Remembers what the user was about to do before the browser's prompt closes the popup, or while they set up
 * CLIProxyAPI. Lives until the browser closes.
 */
export async function setIntent(ports: Needs, intent: Omit<Intent, 'at'>): Promise<Result<true>> {
  const saved = await ports.session.change((document) => {
    document.intent = { ...intent, at: ports.clock.now() };
  });
  return saved.ok ? ok(true) : saved;
}

export async function clearIntent(ports: Needs): Promise<Result<true>> {
  const saved = await ports.session.change((document) => {
    document.intent = null;
  });
  if (!saved.ok) return saved;
  await ports.pages.notify();
  return ok(true);
}

/** Forgets notices that a page has shown. */
export async function forgetNotices(ports: Needs, seen: readonly string[]): Promise<Result<true>> {
  const saved = await ports.session.change((document) => {
    document.notices = document.notices.filter((notice) => !seen.includes(notice.id));
  });
  return saved.ok ? ok(true) : saved;
}
