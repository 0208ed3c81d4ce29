import type { MessageInput } from '../contract/messages';
import type { PageContext } from './page-context';

/** What goes on when the browser's prompt has closed the popup. */
export type Wanted = Omit<MessageInput<'intent.set'>, 'pattern'> | undefined;

/** How many answers of the browser's prompt this page awaits. */
let asking = 0;

/** Whether this page lives through the prompt so far, and goes on by itself. */
export const isAskingForHost = (): boolean => asking > 0;

/** Asks for a host if needed. The browser's prompt closes the popup, so the next step is remembered first. */
export async function mayReach(
  { ask, page, toast }: Pick<PageContext, 'ask' | 'page' | 'toast'>,
  { granted, pattern, host }: { granted: boolean; pattern: string; host: string },
  next?: Wanted,
): Promise<boolean> {
  if (granted) return true;
  asking++;
  try {
    if (next) await ask('intent.set', { ...next, pattern });
    const allowed = await page.requestHost(pattern);
    if (next) await ask('intent.clear', {});
    if (!allowed) toast.failure('', { code: 'permission-denied', host });
    return allowed;
  } finally {
    asking--;
  }
}
