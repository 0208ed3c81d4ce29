import type { MessageInput } from '../contract/messages';
import type { PageContext } from './page-context';

/** Asks for a host if needed. The browser's prompt closes the popup, so the next step is remembered first. */
export async function mayReach(
  { ask, page, toast }: Pick<PageContext, 'ask' | 'page' | 'toast'>,
  { granted, pattern, host }: { granted: boolean; pattern: string; host: string },
  next?: Omit<MessageInput<'intent.set'>, 'pattern'>,
): Promise<boolean> {
  if (granted) return true;
  if (next) await ask('intent.set', { ...next, pattern });
  const allowed = await page.requestHost(pattern);
  if (next) await ask('intent.clear', {});
  if (!allowed) toast.failure('', { code: 'permission-denied', host });
  return allowed;
}
