import type { Result } from '../../core/failures/result';
import type { Intent } from '../../core/view/intent';
import { changeAndNotify } from '../change-and-notify';
import type { Ports } from '../ports';

type Needs = Pick<Ports, 'session' | 'clock' | 'pages'>;

/**
 * Remembers what the user was about to do before the browser's prompt closes the popup, or while they set up
 * CLIProxyAPI. Lives until the browser closes.
 */
export async function setIntent(
  ports: Needs & Pick<Ports, 'saved'>,
  intent: Omit<Intent, 'at' | 'proxyId'>,
): Promise<Result<true>> {
  const saved = await ports.saved.read();
  return ports.session.change((document) => {
    document.intent = { ...intent, ...(saved.ok && { proxyId: saved.value.proxyId }), at: ports.clock.now() };
    return true;
  });
}

export const clearIntent = (ports: Needs): Promise<Result<true>> =>
  changeAndNotify(ports, ports.session, (document) => {
    document.intent = null;
  });

/** Forgets notices that a page has shown. */
export const forgetNotices = (ports: Needs, seen: readonly string[]): Promise<Result<true>> =>
  ports.session.change((document) => {
    document.notices = document.notices.filter((notice) => !seen.includes(notice.id));
    return true;
  });
