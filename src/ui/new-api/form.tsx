import { Dialog } from '@base-ui/react/dialog';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { parseHttpUrl } from '../../core/base-url';
import type { Failure } from '../../core/failure';
import { hostPattern } from '../../core/cliproxyapi/management-url';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field, SecretField } from '../parts/field';
import type { NewApiView } from '../../core/new-api/view';

/** Site, token and user id of an administrator. A saved token is never shown; an empty field keeps it. */
export function NewApiForm({
  known,
  onSaved,
}: {
  known: NewApiView | undefined;
  onSaved(id: string): void;
}): ReactNode {
  const { t } = useTranslation();
  const [name, setName] = useState(known?.name ?? '');
  const [siteUrl, setSiteUrl] = useState(known?.siteUrl ?? '');
  const [accessToken, setToken] = useState('');
  const [userId, setUserId] = useState(known?.userId ?? '');
  const { failure, busy, save } = useSaving(onSaved);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // Without a name of its own it takes that of the site, which the check learns.
    const own = name === known?.host ? '' : name;
    void save({
      ...(known && { id: known.id }),
      name: own,
      siteUrl,
      userId,
      ...(accessToken && { accessToken }),
    });
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <Field
        label={t('addAccount.siteUrl')}
        mono
        inputMode="url"
        spellCheck={false}
        placeholder="https://new-api.example"
        value={siteUrl}
        onChange={(event) => setSiteUrl(event.target.value)}
      />
      <SecretField
        label={t('addAccount.accessToken')}
        help={t(known ? 'cpa.keySaved' : 'newApi.tokenHelp')}
        placeholder={known ? '••••••••••••' : ''}
        value={accessToken}
        onChange={(event) => setToken(event.target.value)}
      />
      <Field
        label={t('addAccount.userId')}
        help={t('addAccount.userIdHelp')}
        inputMode="numeric"
        value={userId}
        onChange={(event) => setUserId(event.target.value)}
      />
      <Field
        label={t('newApi.name')}
        help={t('newApi.nameHelp')}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {failure && <FailureNote failure={failure} />}
      <div className="flex justify-end gap-2">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button look="primary" type="submit" busy={busy}>
          {t('newApi.save')}
        </Button>
      </div>
    </form>
  );
}

interface Typed {
  id?: string;
  name: string;
  siteUrl: string;
  accessToken?: string;
  userId: string;
}

function useSaving(onSaved: (id: string) => void): {
  failure: Failure | null;
  busy: boolean;
  save(typed: Typed): Promise<void>;
} {
  const { ask, page } = usePage();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  return {
    failure,
    busy,
    async save(typed) {
      setFailure(null);
      setBusy(true);
      const url = parseHttpUrl(typed.siteUrl);
      // Asked for in the click, before anything else is awaited: the browser wants a gesture for it.
      const granted = url ? page.requestHost(hostPattern(url)) : null;
      const saved = await ask('new-api.save', typed);
      // Not granted: the check, which follows, says so and asks again.
      await granted?.catch(() => false);
      setBusy(false);
      if (saved.ok) onSaved(saved.value);
      else setFailure(saved.failure);
    },
  };
}
