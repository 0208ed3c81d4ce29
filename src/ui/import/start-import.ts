import { usePage } from '../page-context';

/**
 * What a click on the ferry does: where CLIProxyAPI is not set up it leads to its settings and back; where its host
 * may not be reached it asks, from this very click; else it opens the plan.
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
      // The popup is closed by the browser's question: what comes after it is remembered first.
      await ask('intent.set', { kind: 'import', id: keyId, pattern: connection.pattern });
      const granted = await page.requestHost(connection.pattern);
      await ask('intent.clear', {});
      if (!granted) return toast.failure('', { code: 'permission-denied', host: connection.host });
    }
    await imports.open(keyId, { full, skip: settings.skipWhenOnlyAdds });
  };
}
