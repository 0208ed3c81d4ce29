import { Suspense, type ReactNode, type RefObject } from 'react';
import { lazyNamed } from '../lazy-named';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { ToCliproxyapi } from '../dialogs/to-cliproxyapi';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import type { ImportState } from '../import-store';
import { NoPlan, PlanShell } from '../dialogs/plan-dialog';
import { useLeaving } from '../use-plan-flow';
import { useView } from '../use-view';
import { ImportInstead } from './also/instead';
import { FailureFoot } from './failure-actions';
import { FullDialog } from './full-dialog';
import { PlanSheet } from './plan-sheet';
import { ImportResult } from './result';
import { UndoDialog } from './undo-dialog';
import { useImport } from './use-import';

const EntryDialog = lazyNamed(() => import('../entries/dialog'), 'EntryDialog');

const cardOf = (keyId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-key="${CSS.escape(keyId)}"]`);

/** After “Import next” the focus goes to the card that changed last, which brings it into sight. */
const backToSent =
  (state: ImportState) =>
  (from: HTMLElement | null): HTMLElement | null => {
    const card = state.kind === 'sent' ? cardOf(state.opened.keyId) : null;
    return card?.contains(from) ? from : (card ?? from);
  };

/** The open import of this page, in whatever state. Closing it never stops a write. */
export function ImportLayer(): ReactNode {
  const { imports } = usePage();
  const state = useImport();
  useLeaving(imports.close);
  if (state.kind === 'closed') return null;
  if (state.kind === 'entry') {
    const { keyId, name, edit } = state;
    return (
      <Suspense>
        <EntryDialog
          keyId={keyId}
          name={name}
          {...(edit && { edit })}
          // The button that it was begun from goes with what is removed; the card stays.
          finalFocus={() => cardOf(keyId)}
          onClose={imports.close}
        />
      </Suspense>
    );
  }
  const full = state.kind === 'open' && state.full;
  return (
    <PlanShell full={full} goBack={backToSent(state)} onClose={imports.close}>
      {(primary) => (
        <>
          {state.kind === 'open' && full && <FullDialog />}
          {state.kind === 'open' && !full && <PlanSheet primary={primary} />}
          {(state.kind === 'opening' || state.kind === 'failed') && (
            <Unplanned state={state} primary={primary} />
          )}
          {state.kind === 'sent' && <ImportResult key={state.opened.keyId} state={state} />}
          {state.kind === 'undo' && <UndoDialog state={state} primary={primary} />}
        </>
      )}
    </PlanShell>
  );
}

/** An import that is being read, or could not be. */
function Unplanned({
  state,
  primary,
}: {
  state: ImportState & { kind: 'opening' | 'failed' };
  primary: RefObject<HTMLButtonElement | null>;
}): ReactNode {
  const { t } = useTranslation();
  const { keys } = useView();
  const { keyId } = state.kind === 'failed' ? state.start : state;
  const key = keys.find(({ id }) => id === keyId);
  const title = t('sheet.title', { name: key?.name ?? '' });
  const relay = key?.relayName ?? '';
  if (state.kind === 'opening')
    return (
      <NoPlan title={title}>
        <ToCliproxyapi from={relay} progress={0} />
        <Status tone="busy" live>
          {t('sheet.reading')}
        </Status>
      </NoPlan>
    );
  return (
    <NoPlan
      title={title}
      cancel={t('common.close')}
      action={<FailureFoot failure={state.failure} keyId={keyId} primary={primary} />}
    >
      <ToCliproxyapi from={relay} progress={0.12} tone="danger" />
      <FailureNote failure={state.failure} />
      <ImportInstead failure={state.failure} />
    </NoPlan>
  );
}
