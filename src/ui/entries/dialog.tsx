import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { EntryEdit } from '../../core/entries/entry-edit';
import type { OpenedEntry } from '../../core/entries/view';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { DialogFrame } from '../dialogs/dialog-frame';
import { EntryForm } from './form';
import { useEntryEdit } from './use-entry-edit';

/** Changes one entry of CLIProxyAPI: the entry of a key, which is read first, or a `given` one. */
export function EntryDialog({
  keyId,
  name,
  given,
  edit,
  again,
  finalFocus,
  onClose,
  onDone = onClose,
}: {
  keyId: string;
  name: string;
  given?: OpenedEntry;
  /** What is filled in already, with its plan. */
  edit?: EntryEdit;
  /** Reads the entry again; by default the dialog does so itself. */
  again?(): void;
  /** What has the focus when it closes; by default what had it before. */
  finalFocus?(): HTMLElement | null;
  onClose(): void;
  onDone?(): void;
}): ReactNode {
  const { t } = useTranslation();
  const control = useEntryEdit({ keyId, given, edit, onDone });
  const { state } = control;
  return (
    <DialogFrame title={t('entry.title', { name })} onClose={onClose} finalFocus={finalFocus}>
      {state.kind === 'opening' && (
        <Status tone="busy" live>
          {t('entry.reading')}
        </Status>
      )}
      {state.kind === 'failed' && (
        <FailureNote failure={state.failure}>
          <Button small onClick={control.again}>
            {t('common.retry')}
          </Button>
        </FailureNote>
      )}
      {state.kind === 'open' && (
        <EntryForm state={state} control={control} keyId={keyId} again={again ?? control.again} />
      )}
    </DialogFrame>
  );
}
