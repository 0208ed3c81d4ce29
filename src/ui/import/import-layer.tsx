import { Dialog } from '@base-ui/react/dialog';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Crossing } from '../parts/crossing';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import type { ImportState } from '../import-store';
import { useImport } from './use-import';
import { useLeaving } from '../use-plan-flow';
import { useView } from '../use-view';
import { dialogShape } from '../dialogs/dialog-shape';
import { FailureActions } from './failure-actions';
import { firstField } from '../dialogs/first-field';
import { FullDialog } from './full-dialog';
import { PlanSheet } from './plan-sheet';
import { DialogShell } from '../dialogs/dialog-shell';
import { SheetHead } from '../dialogs/sheet-head';
import { UndoDialog } from './undo-dialog';

/** Whatever of an import is open on this page, above everything else. Closing never stops a write. */
export function ImportLayer(): ReactNode {
  const { imports, page } = usePage();
  const state = useImport();
  const primary = useRef<HTMLButtonElement>(null);
  // Taken before anything in here is focused: that is where the focus goes back to.
  const [from] = useState(() => document.activeElement as HTMLElement | null);
  useLeaving(imports.close);
  if (state.kind === 'closed') return null;
  const full = state.kind === 'open' && state.full;
  return (
    <DialogShell
      shape={dialogShape(page.isPopup, full)}
      onClose={imports.close}
      initialFocus={full ? firstField : primary}
      finalFocus={() => from}
    >
      {state.kind === 'open' && full && <FullDialog state={state} />}
      {state.kind === 'open' && !full && <PlanSheet state={state} primary={primary} />}
      {state.kind === 'opening' && <Opening state={state} />}
      {state.kind === 'failed' && <Failed state={state} primary={primary} />}
      {state.kind === 'undo' && <UndoDialog state={state} />}
    </DialogShell>
  );
}

function Opening({ state }: { state: ImportState & { kind: 'opening' } }): ReactNode {
  const { t } = useTranslation();
  const { keys, connection } = useView();
  const key = keys.find(({ id }) => id === state.keyId);
  return (
    <>
      <SheetHead title={t('sheet.title', { name: key?.name ?? '' })} />
      <div className="flex flex-col gap-4 px-4 pb-5 pt-1">
        <Crossing from={key?.relayName ?? ''} to={connection?.host ?? ''} progress={0} />
        <Status tone="busy" live>
          {t('sheet.reading')}
        </Status>
        <div className="flex justify-end">
          <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        </div>
      </div>
    </>
  );
}

function Failed({
  state,
  primary,
}: {
  state: ImportState & { kind: 'failed' };
  primary: React.RefObject<HTMLButtonElement | null>;
}): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const { keys, connection } = useView();
  const key = keys.find(({ id }) => id === state.keyId);
  return (
    <>
      <SheetHead title={t('sheet.title', { name: key?.name ?? '' })} />
      <div className="flex flex-col gap-3 overflow-y-auto px-4 pb-4 pt-1">
        <Crossing from={key?.relayName ?? ''} to={connection?.host ?? ''} progress={0.12} tone="danger" />
        <FailureNote failure={state.failure}>
          <FailureActions failure={state.failure} keyId={state.keyId} />
        </FailureNote>
        <div className="flex justify-end gap-2">
          <Dialog.Close className="btn">{t('common.close')}</Dialog.Close>
          <Button ref={primary} look="primary" onClick={() => void imports.open(state.keyId, {})}>
            {t('common.retry')}
          </Button>
        </div>
      </div>
    </>
  );
}
