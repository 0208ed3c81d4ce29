import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { RememberField } from '../dialogs/remember-field';
import { Button } from '../parts/button';
import { SecretField } from '../parts/field';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { AddressField } from './address-field';
import type { ConnectionForm } from './use-connection-form';

/** Address, management key and where it is kept: the same in the popup and on its page, with one button that saves and checks. */
export function ConnectionFields({
  form: { draft, edit, checking, submit },
  banned,
  isNew = false,
  above,
  children,
  beside,
}: {
  form: ConnectionForm;
  /** Nothing is sent as long as the server refuses all. */
  banned: boolean;
  /** One more connection. */
  isNew?: boolean;
  above?: ReactNode;
  /** Above the button: why the last one failed. */
  children?: ReactNode;
  /** At the right of the button. */
  beside?: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const { connection: looked } = useView();
  const connection = isNew ? null : looked;
  const { hasKey = false, halted = null } = connection ?? {};
  // A refused key is not sent again: each refusal counts towards a ban.
  const isRefused = halted?.code === 'key-refused';
  const help = isRefused ? 'cpa.keyRefused' : hasKey ? 'cpa.keySaved' : 'cpa.keyHelp';
  return (
    <form className="flex min-w-0 flex-col gap-3.5" onSubmit={(event) => void submit(event)}>
      {above}
      <AddressField value={draft.address} onChange={(address) => edit({ address })} />
      <SecretField
        label={t('cpa.key')}
        help={t(help)}
        placeholder={hasKey && !isRefused ? '••••••••••••' : ''}
        icon={<KeyRound size={16} aria-hidden />}
        value={draft.key}
        onChange={(event) => edit({ key: event.target.value })}
        autoComplete="current-password"
        required={!hasKey || isRefused}
      />
      <RememberField
        label={t('cpa.remember')}
        inMemory={t('cpa.where.inMemory')}
        remember={draft.remember}
        onChange={(remember) => edit({ remember })}
      />
      {children}
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" type="submit" busy={checking} disabled={banned}>
          {t(checking ? 'cpa.checking' : hasKey ? 'cpa.saveAndCheck' : 'cpa.connect')}
        </Button>
        {beside}
      </div>
    </form>
  );
}
