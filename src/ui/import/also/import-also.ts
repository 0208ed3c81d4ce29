import type { Client } from '../../../contract/client';
import type { ImportDraft } from '../../../core/import/draft';
import type { OpenedImport } from '../../../core/import/opened';
import type { Planned } from '../../../core/import/planned';
import { ok } from '../../../core/failures/result';
import type { Announce, ImportAlso, ImportEnd } from '../../import-store';
import { createPlanFlow, orFailed } from '../../plan-flow';
import { createAlso } from '../../also';

/** An edit is planned when no other follows for so many milliseconds. */
export const PAUSE_MS = 120;

/** The hash of a plan that can be carried out. */
export const hashOf = (planned: Planned): string | undefined =>
  planned.kind === 'plan' ? planned.plan.hash : undefined;

/** An open import at the CLIProxyAPIs beside the one that it was opened at. */
export function createImportAlso(
  ask: Client,
  announce: Announce,
  { keyId, keyName }: OpenedImport,
): ImportAlso {
  const together = crypto.randomUUID();
  return createAlso<ImportDraft, Planned, ImportEnd>(together, (proxyId, onEnd) => {
    const there: Client = (name, input) => ask(name, input, proxyId);
    const plan = async (draft: ImportDraft) =>
      orFailed<Planned>(await there('import.plan', { keyId, draft: elsewhere(draft) }));
    return createPlanFlow<ImportDraft, null, ImportDraft, Planned>(there, {
      dialog: () => ({ dialog: 'import', id: keyId }),
      async open(draft) {
        const planned = await plan(draft);
        return planned.ok ? ok({ opened: null, draft, planned: planned.value }) : planned;
      },
      plan: ({ draft }) => plan(draft),
      hashOf,
      async apply({ draft }, planHash, here) {
        const order = { keyId, draft: elsewhere(draft), planHash, together };
        const reply = await there('import.apply', order);
        const outcome = reply.ok ? reply.value : { kind: 'failed' as const, failure: reply.failure };
        if (outcome.kind === 'replan') {
          if (!here()) announce(keyName, { code: 'list-changed' });
          return { kind: 'replan', planned: outcome.planned };
        }
        if (here()) onEnd(outcome);
        // The worker says by a notice how an import ended; only the page can say that the worker could not be asked.
        else if (!reply.ok) announce(keyName, reply.failure);
        return { kind: 'done' };
      },
      pauseMs: PAUSE_MS,
    });
  });
}

/** The draft without what names an entry of one CLIProxyAPI: another has entries of its own. */
export const elsewhere = <D extends Partial<ImportDraft>>(draft: D): D =>
  draft.target?.kind === 'join' ? { ...draft, target: { kind: 'auto' } } : draft;
