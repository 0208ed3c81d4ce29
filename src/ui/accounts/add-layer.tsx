import { useState, type ReactNode } from 'react';
import { DialogFrame } from '../dialogs/dialog-frame';
import { useTranslation } from '../use-translation';
import { AddAccount } from './add-account';
import { AddKey, type KeySite } from './add-key';
import type { KnownLogin } from './adding';

/** Add key and Add account, in the popup and on pages. */
export function AddLayer({
  kind,
  login,
  onClose,
}: {
  /** `tab`: an account, with the login of the page in the tab. */
  kind: 'key' | 'account' | 'tab';
  login?: KnownLogin;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const [form, setForm] = useState(kind);
  const [site, setSite] = useState<KeySite>();
  return (
    <DialogFrame title={t(form === 'key' ? 'addKey.title' : 'addAccount.title')} onClose={onClose}>
      {form === 'key' ? (
        <AddKey onDone={onClose} site={site} />
      ) : (
        <AddAccount
          onDone={onClose}
          onKeyInstead={(found) => {
            setSite(found);
            setForm('key');
          }}
          known={login}
          takesTab={kind === 'tab'}
        />
      )}
    </DialogFrame>
  );
}
