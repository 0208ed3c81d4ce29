import { troubledKeys } from '../../core/view/key-trouble';
import { mayReach } from '../may-reach';
import { usePage } from '../page-context';

/**
 * A click on the ferry: opens the plan; leads to CLIProxyAPI's settings and back if it is not set up; asks for its host
 * first if the browser does not allow it, which works only from this very click.
 */
export function useStartImport(): (keyId: string, full?: boolean) => Promise<void> {
  const context = usePage();
  const { ask, page, view, imports } = context;
  return async (keyId, full = false) => {
    const state = view.getState();
    if (state.kind !== 'ready') return;
    const { connection, settings } = state.view;
    const skip = settings.skipWhenOnlyAdds && troubledKeys(state.view, [keyId]).length === 0;
    if (!connection?.hasKey) {
      await ask('intent.set', { kind: 'import', id: keyId, pattern: '' });
      return page.openOptions('#/cliproxyapi');
    }
    if (await mayReach(context, connection, { kind: 'import', id: keyId }))
      await imports.open(keyId, { full, skip });
  };
}
