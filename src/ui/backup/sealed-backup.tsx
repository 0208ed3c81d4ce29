import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failure';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { SecretField } from '../parts/field';
import type { OpenedFile } from './use-backup-file';

/** A backup that shows nothing until its passphrase is there. */
export function SealedBackup({
  file,
  onCancel,
}: {
  file: OpenedFile & { kind: 'sealed' };
  onCancel(): void;
}): ReactNode {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const focusField = (): void => {
    const field = form.current?.querySelector('input');
    field?.focus();
    field?.select();
  };
  useEffect(focusField, []);
  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const why = await file.open(passphrase);
    setBusy(false);
    setFailure(why);
    if (why) focusField();
  };
  return (
    <form
      ref={form}
      className="mt-4 flex max-w-sm flex-col gap-3 border-t border-line pt-4"
      onSubmit={(event) => void open(event)}
    >
      <p className="[overflow-wrap:anywhere]">{t('backup.sealedFile', { file: file.name })}</p>
      <SecretField
        label={t('lock.passphrase')}
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      {failure && <FailureNote failure={failure} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" type="submit" busy={busy}>
          {t('backup.open')}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
