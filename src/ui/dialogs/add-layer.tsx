import { Dialog } from '@base-ui/react/dialog';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { baseUrlFromAddress, parseHttpUrl } from '../../core/base-url';
import type { Failure } from '../../core/failure';
import { hostPattern } from '../../core/management-url';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field, SecretField } from '../parts/field';
import { SheetHead } from './sheet-head';

/** Add key and Add account, in the popup and on pages. */
export function AddLayer({ kind, onClose }: { kind: 'key' | 'account'; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const shape = page.isPopup
    ? 'inset-x-0 bottom-0 max-h-[calc(100vh-24px)] rounded-t-lg'
    : 'left-1/2 top-1/2 max-h-[calc(100vh-32px)] w-[min(480px,calc(100vw-16px))] -translate-x-1/2 -translate-y-1/2 rounded-lg';
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-10 bg-scrim" />
        <Dialog.Popup
          className={`fixed z-20 flex flex-col overflow-hidden bg-surface shadow-dialog outline-none ${shape}`}
        >
          <SheetHead title={t(kind === 'key' ? 'addKey.title' : 'addAccount.title')} />
          <div className="overflow-y-auto px-4 pb-4 pt-1">
            {kind === 'key' ? <AddKey onDone={onClose} /> : <AddAccount onDone={onClose} />}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
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

function AddAccount({ onDone }: { onDone(): void }): ReactNode {
  const { t } = useTranslation();
  const { ask, page } = usePage();
  const [siteUrl, setSiteUrl] = useState('');
  const [accessToken, setAccessToken] = useState('');
  const [userId, setUserId] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const url = parseHttpUrl(siteUrl);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFailure(null);
    setBusy(true);
    // The browser's question closes the popup, so the account is kept first; the worker reads it when allowed.
    const added = await ask('account.add', { name: '', siteUrl, accessToken, userId });
    if (!added.ok) {
      setBusy(false);
      return setFailure(added.failure);
    }
    const state = await accountFailure(added.value);
    if (state?.code === 'relay-permission' && url) {
      await ask('intent.set', { kind: 'account', id: added.value, pattern: hostPattern(url) });
      const granted = await page.requestHost(hostPattern(url));
      await ask('intent.clear', {});
      if (granted) await ask('account.refresh', { accountId: added.value });
    }
    const last = await accountFailure(added.value);
    setBusy(false);
    if (!last) return onDone();
    // A login that does not work is not kept half-way: the fields are still here to be corrected.
    await ask('account.remove', { accountId: added.value });
    setFailure(last);
  };

  const accountFailure = async (id: string): Promise<Failure | null> => {
    const view = await ask('view', {});
    return view.ok
      ? (view.value.accounts.find((account) => account.id === id)?.failure ?? null)
      : view.failure;
  };

  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <p className="text-ink-2">{t('addAccount.family')}</p>
      <Field
        label={t('addAccount.siteUrl')}
        mono
        inputMode="url"
        spellCheck={false}
        placeholder="https://relay.example"
        value={siteUrl}
        onChange={(event) => setSiteUrl(event.target.value)}
      />
      <SecretField
        label={t('addAccount.accessToken')}
        help={
          <>
            {t('addAccount.accessTokenHelp')}{' '}
            {url && (
              <a href={`${url.origin}/console/personal`} target="_blank" rel="noreferrer">
                {t('addAccount.openSite')}
              </a>
            )}
          </>
        }
        value={accessToken}
        onChange={(event) => setAccessToken(event.target.value)}
      />
      <Field
        label={t('addAccount.userId')}
        help={t('addAccount.userIdHelp')}
        inputMode="numeric"
        value={userId}
        onChange={(event) => setUserId(event.target.value)}
      />
      {failure && <FailureNote failure={failure} />}
      <div className="flex justify-end gap-2">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button look="primary" type="submit" busy={busy}>
          {t('addAccount.submit')}
        </Button>
      </div>
    </form>
  );
}
