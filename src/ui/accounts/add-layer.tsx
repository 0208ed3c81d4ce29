import { Dialog } from '@base-ui/react/dialog';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { baseUrlFromAddress } from '../../core/base-url';
import type { Failure } from '../../core/failure';
import type { KnownLogin } from './adding';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field, SecretField } from '../parts/field';
import { AddAccount } from './add-account';
import { DialogFrame } from '../dialogs/dialog-frame';

/** Add key and Add account, in the popup and on pages. */
export function AddLayer({
  kind,
  login,
  onClose,
}: {
  kind: 'key' | 'account';
  login?: KnownLogin;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const [form, setForm] = useState(kind);
  return (
    <DialogFrame title={t(form === 'key' ? 'addKey.title' : 'addAccount.title')} onClose={onClose}>
      {form === 'key' ? (
        <AddKey onDone={onClose} />
      ) : (
        <AddAccount onDone={onClose} onKeyInstead={() => setForm('key')} known={login} />
      )}
    </DialogFrame>
  );
}

function AddKey({ onDone }: { onDone(): void }): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const [relayName, setRelayName] = useState('');
  const [baseUrl, setBaseUrl] = useState('');
  const [key, setKey] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const used = baseUrlFromAddress(baseUrl);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const added = await ask('key.add', { relayName, baseUrl, key });
    if (added.ok) onDone();
    else setFailure(added.failure);
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <Field
        label={t('addKey.relayName')}
        help={t('common.optional')}
        value={relayName}
        onChange={(event) => setRelayName(event.target.value)}
      />
      <Field
        label={t('addKey.baseUrl')}
        mono
        inputMode="url"
        spellCheck={false}
        placeholder="https://relay.example"
        help={baseUrl.trim() && used.ok ? t('addKey.willBe', { url: used.value }) : t('addKey.baseUrlHelp')}
        value={baseUrl}
        onChange={(event) => setBaseUrl(event.target.value)}
      />
      <SecretField
        label={t('addKey.key')}
        help={t('addKey.kept')}
        placeholder="sk-…"
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      {failure && <FailureNote failure={failure} />}
      <div className="flex justify-end gap-2">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button look="primary" type="submit">
          {t('addKey.submit')}
        </Button>
      </div>
    </form>
  );
}
