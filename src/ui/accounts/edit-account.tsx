import { useState, type FormEvent, type ReactNode } from 'react';
import { FAMILIES, hasLastingToken } from '../../core/accounts/relay-family';
import { hostOf } from '../../core/base-url';
import { typedAddress } from '../../core/typed-address';
import { hostPattern } from '../../core/connection/management-url';
import { fail } from '../../core/failures/result';
import type { AccountView } from '../../core/view/view';
import { DialogFrame } from '../dialogs/dialog-frame';
import { FormFoot } from '../dialogs/form-foot';
import { UrlField } from '../dialogs/url-field';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { Field, SecretField } from '../parts/field';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';
import { UseHttps } from './site-note';

/** The name of an account, its address and its login. What does not work is not saved, and the fields stay to be corrected. */
export function EditAccount({ account, onClose }: { account: AccountView; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const { ask, page } = usePage();
  const { busy, failure, run } = useRequest();
  const { id: accountId, family } = account;
  const [edit, setEdit] = useState({
    name: account.name,
    siteUrl: account.siteUrl,
    accessToken: '',
    userId: account.userId,
  });
  const set = (more: Partial<typeof edit>): void => setEdit({ ...edit, ...more });
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const saved = await run(async () => {
      const url = typedAddress(edit.siteUrl);
      if (!url.ok) return url;
      const pattern = hostPattern(url.value);
      const granted = pattern === account.pattern || (await page.requestHost(pattern));
      if (!granted) return fail({ code: 'relay-permission', host: hostOf(edit.siteUrl) });
      return ask('account.edit', { accountId, ...edit });
    });
    if (saved.ok) onClose();
  };
  return (
    <DialogFrame title={t('accounts.editTitle', { name: account.name })} onClose={onClose}>
      <form className="flex flex-col gap-3" onSubmit={(event) => void save(event)}>
        <p className="text-ink-2">{t('accounts.editHelp')}</p>
        <Field
          label={t('accounts.name')}
          help={t('accounts.nameHelp')}
          value={edit.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <UrlField
          label={t('addAccount.siteUrl')}
          value={edit.siteUrl}
          onChange={(event) => set({ siteUrl: event.target.value })}
        />
        {hasLastingToken(family) && (
          <SecretField
            label={t('addAccount.accessToken')}
            help={t('accounts.tokenKept')}
            value={edit.accessToken}
            onChange={(event) => set({ accessToken: event.target.value })}
          />
        )}
        {FAMILIES[family].userId !== 'none' && (
          <Field
            label={t('addAccount.userId')}
            inputMode="numeric"
            value={edit.userId}
            onChange={(event) => set({ userId: event.target.value })}
          />
        )}
        {failure && (
          <FailureNote failure={failure}>
            <UseHttps failure={failure} siteUrl={edit.siteUrl} onAddress={(siteUrl) => set({ siteUrl })} />
          </FailureNote>
        )}
        <FormFoot submit={t('common.save')} busy={busy} />
      </form>
    </DialogFrame>
  );
}
