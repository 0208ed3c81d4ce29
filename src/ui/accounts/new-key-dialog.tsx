import { useState, type ReactNode } from 'react';
import type { NewKey } from '../../core/accounts/new-key';
import type { AccountView } from '../../core/view/view';
import { DialogFrame } from '../dialogs/dialog-frame';
import { usePage } from '../page-context';
import { SelectField } from '../parts/field';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';
import { KeyFormOf } from './key-form-of';
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
  const { ask, toast } = usePage();
  const { busy, failure, run } = useRequest();
  const make = async (key: NewKey): Promise<void> => {
    const made = await run(() => ask('key.create', { accountId, ...key }));
    if (!made.ok) return;
    toast.plain(t('newKey.made', { name: key.name }));
    onDone();
  };
  return (
    <KeyFormOf accountId={accountId}>
      {(form) => (
        <NewKeyFields
          form={form}
          submit={t('newKey.submit')}
          busy={busy}
          failure={failure}
          onSave={(key) => void make(key)}
        />
      )}
    </KeyFormOf>
  );
}
