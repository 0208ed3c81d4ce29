import { useState, type ChangeEvent, type FormEvent, type ReactNode } from 'react';
import { hostPattern } from '../../core/connection/management-url';
import type { NewApiView } from '../../core/new-api/view';
import { typedAddress } from '../../core/typed-address';
import { ABOVE_FOOT, FOOT_IN_SIGHT, FormFoot } from '../dialogs/form-foot';
import { RememberField } from '../dialogs/remember-field';
import { UrlField } from '../dialogs/url-field';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { Field, SecretField } from '../parts/field';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';

/** Site, token and user id of an administrator. A saved token is never shown; an empty field keeps it. */
export function NewApiForm({
  known,
  onSaved,
}: {
  known: NewApiView | undefined;
  onSaved(id: string): void;
}): ReactNode {
  const { t } = useTranslation();
  const { ask, page } = usePage();
  const { name = '', siteUrl = '', userId = '', hasToken = false } = known ?? {};
  const [typed, setTyped] = useState({ name, siteUrl, userId, accessToken: '' });
  const [remember, setRemember] = useState(known?.remember ?? 'device');
  const { failure, busy, run } = useRequest();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const url = typedAddress(typed.siteUrl);
    // Asked for in the click, before anything else is awaited: the browser wants a gesture for it.
    const granted = url.ok ? page.requestHost(hostPattern(url.value)) : null;
    const saved = await run(async () => {
      // Without a name of its own it takes that of the site, which the check learns.
      const own = typed.name === known?.host ? '' : typed.name;
      const { accessToken, ...about } = { ...typed, name: own };
      const reply = await ask('new-api.save', {
        ...about,
        remember,
        ...(known && { id: known.id }),
        ...(accessToken && { accessToken }),
      });
      // Not granted: the check, which follows, says so and asks again.
      await granted?.catch(() => false);
      return reply;
    });
    if (saved.ok) onSaved(saved.value);
  };
  const field = (of: keyof typeof typed) => ({
    value: typed[of],
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) => setTyped({ ...typed, [of]: target.value }),
  });
  return (
    <form className={`flex flex-col gap-3 ${ABOVE_FOOT}`} onSubmit={(event) => void submit(event)}>
      <p className="text-ink-2">{t('newApi.tokenPower')}</p>
      <UrlField label={t('addAccount.siteUrl')} placeholder="https://new-api.example" {...field('siteUrl')} />
      <SecretField
        label={t('addAccount.accessToken')}
        help={t(hasToken ? 'accounts.tokenKept' : 'newApi.tokenHelp')}
        placeholder={hasToken ? '••••••••••••' : ''}
        {...field('accessToken')}
      />
      <RememberField
        label={t('newApi.keep')}
        inMemory={t('newApi.inMemory')}
        remember={remember}
        onChange={setRemember}
      />
      <Field
        label={t('addAccount.userId')}
        help={t('addAccount.userIdHelp')}
        inputMode="numeric"
        {...field('userId')}
      />
      <Field label={t('newApi.name')} help={t('newApi.nameHelp')} {...field('name')} />
      {failure && <FailureNote failure={failure} />}
      <FormFoot className={FOOT_IN_SIGHT} submit={t('newApi.save')} busy={busy} />
    </form>
  );
}
