import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedEntry } from '../../core/entries/view';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { DialogFrame } from '../dialogs/dialog-frame';
import { EntryForm } from './form';
import { useEntryEdit } from './use-entry-edit';

/** What can be changed of one entry in CLIProxyAPI: that of a key, which is read first, or one that is `given`. */
export function EntryDialog({
  keyId,
  name,
  given,
  again,
  onClose,
  onDone = onClose,
}: {
  keyId: string;
  name: string;
  given?: OpenedEntry;
  /** Reads it anew; else the dialog does so. */
  again?(): void;
  onClose(): void;
  onDone?(): void;
}): ReactNode {
  const { t } = useTranslation();
  const control = useEntryEdit({ keyId, given, onDone });
  const { state } = control;
  return (
    <DialogFrame title={t('entry.title', { name })} onClose={onClose}>
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
