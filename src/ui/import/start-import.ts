import { usePage } from '../page-context';

/**
 * A click on the ferry: opens the plan; leads to CLIProxyAPI's settings and back if it is not set up; asks for its host
 * first if the browser does not allow it, which works only from this very click.
 */
export function useStartImport(): (keyId: string, full?: boolean) => Promise<void> {
  const { ask, page, view, imports, toast } = usePage();
  return async (keyId, full = false) => {
    const state = view.getState();
    if (state.kind !== 'ready') return;
    const { connection, settings } = state.view;
    if (!connection?.hasKey) {
      await ask('intent.set', { kind: 'import', id: keyId, pattern: '' });
      return page.openOptions('#/cliproxyapi');
    }
    if (!connection.granted) {
      // The browser's prompt closes the popup, so the next step is remembered first.
      await ask('intent.set', { kind: 'import', id: keyId, pattern: connection.pattern });
      const granted = await page.requestHost(connection.pattern);
      await ask('intent.clear', {});
      if (!granted) return toast.failure('', { code: 'permission-denied', host: connection.host });
    }
    await imports.open(keyId, { full, skip: settings.skipWhenOnlyAdds });
  };
}
