import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState, type ReactNode } from 'react';
import type { NewKeyForm } from '../../core/accounts/new-key';
import type { Result } from '../../core/failures/result';
import type { AccountView } from '../../core/view/view';
import { DialogFrame } from '../dialogs/dialog-frame';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { SelectField } from '../parts/field';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { NewKeyFields } from './new-key-fields';

/** Makes a key at a relay: asks only for what the relay's family has a field for. */
export function NewKeyDialog({
  accounts,
  onClose,
}: {
  accounts: readonly AccountView[];
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? '');
  return (
    <DialogFrame title={t('newKey.title')} onClose={onClose}>
      <SelectField
        label={t('popup.account')}
        className="mb-3 block"
        value={accountId}
        onChange={setAccountId}
        choices={accounts.map(({ id, name }) => [id, name])}
      />
      <AtAccount key={accountId} accountId={accountId} onDone={onClose} />
    </DialogFrame>
  );
}

function AtAccount({ accountId, onDone }: { accountId: string; onDone(): void }): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const [form, setForm] = useState<Result<NewKeyForm> | null>(null);
  useEffect(() => {
    let mounted = true;
    void ask('key.form', { accountId }).then((reply) => mounted && setForm(reply));
    return () => void (mounted = false);
  }, [ask, accountId]);
  if (form?.ok) return <NewKeyFields accountId={accountId} form={form.value} onDone={onDone} />;
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
