import { useEffect, useRef, type ReactNode } from 'react';
import { useBatchDialog } from '../batch/use-batch-dialog';
import { hostOfPattern } from '../format';
import { isAskingForHost } from '../may-reach';
import { usePage } from '../page-context';
import { useView } from '../use-view';

/** An intent older than this is dropped: the user has gone on to something else. */
const FRESH_MS = 10 * 60 * 1000;

/**
 * Takes up what the browser's prompt interrupted: granted, the import goes on; not granted, the user is told, since
 * a denial in the popup is announced to nobody. What was chosen in a dialog is there again in either case. Returns the dialog
 * of many keys.
 */
export function useResume(): ReactNode {
  const { ask, imports, handoff, toast, lookAt } = usePage();
  const { intent, intentGranted, connection, others } = useView();
  const { open: openBatch, dialog } = useBatchDialog();
  const taken = useRef(0);
  useEffect(() => {
    if (!intent || intent.pattern === '' || taken.current === intent.at || isAskingForHost()) return;
    // What was begun at another CLIProxyAPI goes on there.
    const { proxyId } = intent;
    if (others?.some(({ id }) => id === proxyId)) return void lookAt(proxyId ?? '');
    taken.current = intent.at;
    void ask('intent.clear', {});
    if (Date.now() - intent.at > FRESH_MS) return;
    const { chosen, batch } = intent;
    const there = (ids: readonly string[] = []): string[] =>
      ids.filter((one) => others?.some(({ id }) => id === one));
    if (!intentGranted) toast.failure('', { code: 'permission-denied', host: hostOfPattern(intent.pattern) });
    if (batch) openBatch(batch.keyIds, { ...batch, also: there(batch.also) });
    else if (chosen) void imports.open(intent.id, { ...chosen, also: there(chosen.also) });
    else if (!intentGranted) return;
    else if (intent.kind === 'import' && connection?.hasKey) void imports.open(intent.id, {});
    else if (intent.kind === 'channel') handoff.open(intent.id, 'new-api');
    else if (intent.kind === 'account') void ask('account.refresh', { accountId: intent.id });
  }, [intent, intentGranted, connection, others, ask, imports, handoff, toast, lookAt, openBatch]);
  return dialog;
}
