import { KeyRound } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { FailureNote } from '../parts/failure-text';
import { SecretField } from '../parts/field';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { AddressField } from './address-field';
import type { ConnectionForm } from './use-connection-form';

/** Address and management key; to be saved, tested and removed. */
export function ConnectionFields({
  form: { draft, edit, failure, testing, submit, test, remove },
  banned,
}: {
  form: ConnectionForm;
  /** Nothing is tested as long as the server refuses all. */
  banned: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  const [removing, setRemoving] = useState(false);
  return (
    <form
      className="flex min-w-0 flex-[3] basis-80 flex-col gap-3.5 p-5"
      onSubmit={(event) => void submit(event)}
    >
      <AddressField value={draft.address} onChange={(address) => edit({ address })} />
      <SecretField
        label={t('cpa.key')}
        help={connection?.hasKey ? t('cpa.keySaved') : t('cpa.keyHelp')}
        placeholder={connection?.hasKey ? '••••••••••••' : ''}
        icon={<KeyRound size={16} aria-hidden />}
        value={draft.key}
        onChange={(event) => edit({ key: event.target.value })}
        autoComplete="current-password"
      />
      <fieldset>
        <legend className="sr-only">{t('cpa.key')}</legend>
        {(['device', 'session'] as const).map((remember) => (
          <label key={remember} className="flex min-h-7 cursor-pointer items-center gap-2">
            <input
              type="radio"
              name="remember"
              checked={draft.remember === remember}
              onChange={() => edit({ remember })}
            />
            {t(remember === 'device' ? 'cpa.rememberDevice' : 'cpa.rememberSession')}
          </label>
        ))}
      </fieldset>
      {failure && <FailureNote failure={failure} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={testing} disabled={banned} onClick={() => void test()}>
          {t(testing ? 'cpa.testing' : 'cpa.test')}
        </Button>
        <Button type="submit">{t('common.save')}</Button>
        {connection && (
          <Button look="risky" className="ml-auto" onClick={() => setRemoving(true)}>
            {t('cpa.remove')}
          </Button>
        )}
      </div>
      {removing && (
        <Confirm
          title={t('cpa.removeTitle')}
          text={t('cpa.removeText')}
          action={t('cpa.removeButton')}
          onConfirm={() => void remove().then(() => setRemoving(false))}
          onCancel={() => setRemoving(false)}
        />
      )}
    </form>
  );
}
