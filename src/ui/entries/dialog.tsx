import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedEntry } from '../../core/entries/view';
import type { Result } from '../../core/result';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { DialogFrame } from '../dialogs/dialog-frame';
import { EntryForm } from './form';

/** What can be changed of a key's entry in CLIProxyAPI: read first, then planned with every change. */
export function EntryDialog({
  keyId,
  name,
  onClose,
}: {
  keyId: string;
  name: string;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const [opened, setOpened] = useState<Result<OpenedEntry> | null>(null);
  const read = useCallback(() => ask('entry.open', { keyId }), [ask, keyId]);
  useEffect(() => {
    let here = true;
    void read().then((reply) => here && setOpened(reply));
    return () => void (here = false);
  }, [read]);
  const again = (): void => {
    setOpened(null);
    void read().then(setOpened);
  };
  return (
    <DialogFrame title={t('entry.title', { name })} onClose={onClose}>
      {!opened && (
        <Status tone="busy" live>
          {t('entry.reading')}
        </Status>
      )}
      {opened && !opened.ok && (
        <FailureNote failure={opened.failure}>
          <Button small onClick={again}>
            {t('common.retry')}
          </Button>
        </FailureNote>
      )}
      {opened?.ok && <EntryForm opened={opened.value} keyId={keyId} again={again} onClose={onClose} />}
    </DialogFrame>
  );
}
