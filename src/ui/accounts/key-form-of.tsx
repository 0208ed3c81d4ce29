import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState, type ReactNode } from 'react';
import type { NewKeyForm } from '../../core/accounts/new-key';
import type { Result } from '../../core/failures/result';
import { firstField, useLateFocus } from '../dialogs/focus';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';

/** Asks what a key at the account's relay can be given, and then draws its fields. */
export function KeyFormOf({
  accountId,
  children,
}: {
  accountId: string;
  children(form: NewKeyForm): ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const [form, setForm] = useState<Result<NewKeyForm> | null>(null);
  useEffect(() => {
    let mounted = true;
    void ask('key.form', { accountId }).then((reply) => mounted && setForm(reply));
    return () => void (mounted = false);
  }, [ask, accountId]);
  useLateFocus(form?.ok === true, firstField);
  if (form?.ok) return children(form.value);
  return (
    <div className="flex flex-col gap-3">
      {form ? (
        <FailureNote failure={form.failure} />
      ) : (
        <Status tone="busy" live>
          {t('newKey.reading')}
        </Status>
      )}
      <div className="flex justify-end">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
      </div>
    </div>
  );
}
