import type { NewApiShort } from '../../core/view/view';
import type { PageContext } from '../page-context';

type Needs = Pick<PageContext, 'ask' | 'page' | 'view' | 'handoff' | 'toast'>;

/**
 * A click on New API: opens the import; leads to the settings if no New API is kept; asks for the host of the only one
 * first if the browser does not allow it, which works only from this very click.
 */
export async function startChannel(context: Needs, keyId: string): Promise<void> {
  const state = context.view.getState();
  const newApis = state.kind === 'ready' ? state.view.newApis : [];
  const [first] = newApis;
  if (!first) return context.page.openOptions('#/new-api');
  if (newApis.length === 1 && !(await mayReach(context, first, keyId))) return;
  context.handoff.open(keyId, 'new-api');
}

/** Asks for a host if needed. The browser's prompt closes the popup, so the next step is remembered first. */
export async function mayReach(
  { ask, page, toast }: Pick<Needs, 'ask' | 'page' | 'toast'>,
  { granted, pattern, host }: Pick<NewApiShort, 'granted' | 'pattern' | 'host'>,
  keyId?: string,
): Promise<boolean> {
  if (granted) return true;
  if (keyId !== undefined) await ask('intent.set', { kind: 'channel', id: keyId, pattern });
  const allowed = await page.requestHost(pattern);
  if (keyId !== undefined) await ask('intent.clear', {});
  if (!allowed) toast.failure('', { code: 'permission-denied', host });
  return allowed;
}
