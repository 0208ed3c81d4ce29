import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failure';
import type { NewKeyForm } from '../../core/accounts/new-key';
import type { AccountView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field } from '../parts/field';
import { Status } from '../parts/status';
import { DialogFrame } from '../dialogs/dialog-frame';

/** Makes a key at a relay: only what its family has a field for is asked. */
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
      <label className="mb-3 block">
        <span className="mb-1 block font-medium">{t('popup.account')}</span>
        <span className="field">
          <select value={accountId} onChange={(event) => setAccountId(event.target.value)}>
            {accounts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </span>
      </label>
      <AtAccount key={accountId} accountId={accountId} onDone={onClose} />
    </DialogFrame>
  );
}

function AtAccount({ accountId, onDone }: { accountId: string; onDone(): void }): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const [form, setForm] = useState<NewKeyForm | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let here = true;
    void ask('key.form', { accountId }).then((reply) => {
      if (!here) return;
      if (reply.ok) setForm(reply.value);
      else setFailure(reply.failure);
    });
    return () => void (here = false);
  }, [ask, accountId]);
  if (form) return <Form accountId={accountId} form={form} onDone={onDone} />;
  return (
    <div className="flex flex-col gap-3">
      {failure ? (
        <FailureNote failure={failure} />
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

function Form({
  accountId,
  form,
  onDone,
}: {
  accountId: string;
  form: NewKeyForm;
  onDone(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { ask, toast } = usePage();
  const [name, setName] = useState('');
  const [group, setGroup] = useState('');
  const [limit, setLimit] = useState('');
  const [until, setUntil] = useState('');
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { options, groups, nameBytes, symbol } = form;
  const bytes = new TextEncoder().encode(name.trim()).length;
  const tooLong = nameBytes !== null && bytes > nameBytes;
  const amount = limit.trim() ? Number(limit.replace(',', '.')) : null;
  const badAmount = amount !== null && !(amount > 0);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    // The end of that day, where the user is.
    const expiresAt = until ? new Date(`${until}T23:59:59`).getTime() : null;
    const made = await ask('key.create', { accountId, name: name.trim(), group, amount, expiresAt });
    setBusy(false);
    if (!made.ok) return setFailure(made.failure);
    toast.plain(t('newKey.made', { name: name.trim() }));
    onDone();
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <Field
        label={t('newKey.name')}
        required
        value={name}
        wrong={tooLong ? t('newKey.tooLong', { count: nameBytes }) : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      {options.includes('group') && groups.length > 0 && (
        <label>
          <span className="mb-1 block font-medium">{t('keysPage.group')}</span>
          <span className="field">
            <select value={group} onChange={(event) => setGroup(event.target.value)}>
              <option value="">{t('newKey.ownGroup')}</option>
              {groups.map(({ id, name: shown, note, ratio }) => (
                <option key={id} value={id}>
                  {[shown, ratio !== null && `×${ratio}`, note !== shown && note].filter(Boolean).join(' · ')}
                </option>
              ))}
            </select>
          </span>
        </label>
      )}
      {options.includes('quota') && (
        <Field
          label={t('newKey.limit')}
          help={t('newKey.limitHelp')}
          wrong={badAmount ? t('newKey.badLimit') : undefined}
          inputMode="decimal"
          icon={symbol || undefined}
          value={limit}
          onChange={(event) => setLimit(event.target.value)}
        />
      )}
      {options.includes('expiry') && (
        <Field
          label={t('newKey.until')}
          help={t('newKey.untilHelp')}
          type="date"
          min={today}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      )}
      {failure && <FailureNote failure={failure} />}
      <div className="flex justify-end gap-2">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button look="primary" type="submit" busy={busy} disabled={!name.trim() || tooLong || badAmount}>
          {t('newKey.submit')}
        </Button>
      </div>
    </form>
  );
}
