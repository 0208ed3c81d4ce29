import { mayReach } from '../may-reach';
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
  if (newApis.length === 1 && !(await mayReach(context, first, { kind: 'channel', id: keyId }))) return;
  context.handoff.open(keyId, 'new-api');
}
