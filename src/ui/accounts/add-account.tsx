import { useState, type FormEvent, type ReactNode } from 'react';
import { siteOf } from '../../core/accounts/account-login';
import { FAMILIES, hasLastingToken } from '../../core/accounts/relay-family';
import type { SiteKind } from '../../core/accounts/site-kind';
import { parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/connection/management-url';
import type { Failure } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import { FormFoot } from '../dialogs/form-foot';
import { UrlField } from '../dialogs/url-field';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field, SecretField } from '../parts/field';
import { useRequest, type RequestState } from '../use-request';
import { useTranslation } from '../use-translation';
import type { KeySite } from './add-key';
import type { KnownLogin } from './adding';
import { FromTab } from './from-tab';
import { SiteNote, useSite } from './site-note';

interface Login {
  siteUrl: string;
  accessToken: string;
  userId: string;
  /** Read from the relay's own page or entered for a known account: it replaces the account's old login. */
  renew: boolean;
}

/**
 * Address first: KeyFerry asks what the site is, by what it tells everybody, and then for what that kind of site needs.
 * Where it may not ask, it asks for everything and recognises the site when it reads the account.
 */
export function AddAccount({
  onDone,
  onKeyInstead,
  known,
}: {
  onDone(): void;
  onKeyInstead(site: KeySite): void;
  /** The account whose login is renewed. */
  known?: KnownLogin | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const [login, setLogin] = useState<Login>({
    siteUrl: known?.siteUrl ?? '',
    accessToken: '',
    userId: known?.userId ?? '',
    renew: known !== undefined,
  });
  const site = useSite();
  const { failure, busy, submit } = useAdding(login, onDone);
  const kind = site.found.kind === 'known' ? site.found.site : undefined;
  const url = parseHttpUrl(login.siteUrl);
  const refused = kind && !hasLastingToken(kind.family);
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <p className="text-ink-2">{t('addAccount.family')}</p>
      <FromTab
        onTaken={(session, siteUrl) => {
          setLogin({ ...session, siteUrl, renew: true });
          void site.look(siteUrl);
        }}
      />
      <div>
        <UrlField
          label={t('addAccount.siteUrl')}
          placeholder="https://relay.example"
          value={login.siteUrl}
          onChange={(event) => {
            setLogin({ ...login, siteUrl: event.target.value });
            site.forget();
          }}
          onBlur={() => void site.look(login.siteUrl)}
        />
        <div className="mt-1.5">
          <SiteNote site={site} siteUrl={login.siteUrl} />
        </div>
      </div>
      {refused ? (
        <FailureNote failure={{ code: 'no-lasting-token', host: url?.host ?? '' }}>
          <Button small onClick={() => onKeyInstead({ siteUrl: url ? siteOf(url) : '', relay: kind.family })}>
            {t('addAccount.addKey')}
          </Button>
        </FailureNote>
      ) : (
        <LoginFields login={login} kind={kind} onLogin={setLogin} />
      )}
      {failure && <FailureNote failure={failure} />}
      <FormFoot submit={t('addAccount.submit')} busy={busy} disabled={refused} />
    </form>
  );
}

/** Token and user id; the id only where the site's family may want it. */
function LoginFields({
  login,
  kind,
  onLogin,
}: {
  login: Login;
  kind: SiteKind | undefined;
  onLogin(login: Login): void;
}): ReactNode {
  const { t } = useTranslation();
  const userId = kind && FAMILIES[kind.family].userId;
  return (
    <>
      <SecretField
        label={t('addAccount.accessToken')}
        help={<TokenHelp siteUrl={login.siteUrl} kind={kind} />}
        value={login.accessToken}
        onChange={(event) => onLogin({ ...login, accessToken: event.target.value })}
      />
      {userId !== 'none' && (
        <Field
          label={t('addAccount.userId')}
          help={t(userId === 'required' ? 'addAccount.userIdNeeded' : 'addAccount.userIdHelp')}
          inputMode="numeric"
          value={login.userId}
          onChange={(event) => onLogin({ ...login, userId: event.target.value })}
        />
      )}
    </>
  );
}

function TokenHelp({ siteUrl, kind }: { siteUrl: string; kind: SiteKind | undefined }): ReactNode {
  const { t } = useTranslation();
  const url = parseHttpUrl(siteUrl);
  return (
    <>
      {t('addAccount.accessTokenHelp')}{' '}
      {url && (
        <a href={`${url.origin}${kind?.tokenPage ?? '/console/personal'}`} target="_blank" rel="noreferrer">
          {t('addAccount.openSite')}
        </a>
      )}
    </>
  );
}

/** Adds the account and reads it once, asking the browser for its host where that is needed. */
function useAdding(
  login: Login,
  onDone: () => void,
): Omit<RequestState, 'run'> & { submit(event: FormEvent): Promise<void> } {
  const { ask, page } = usePage();
  const { failure, busy, run } = useRequest();
  const failureOf = async (accountId: string): Promise<Failure | null> => {
    const view = await ask('view', {});
    return view.ok ? (view.value.accounts.find(({ id }) => id === accountId)?.failure ?? null) : view.failure;
  };
  const add = async (): Promise<Result<true>> => {
    const { renew, ...typed } = login;
    // The browser's question closes the popup, so the account is kept first; the worker reads it when allowed.
    const added = await ask('account.add', { name: '', ...typed, ...(renew && { renew }) });
    if (!added.ok) return added;
    const accountId = added.value;
    const url = parseHttpUrl(login.siteUrl);
    if (url && (await failureOf(accountId))?.code === 'relay-permission') {
      const pattern = hostPattern(url);
      await ask('intent.set', { kind: 'account', id: accountId, pattern });
      const granted = await page.requestHost(pattern);
      await ask('intent.clear', {});
      if (granted) await ask('account.refresh', { accountId });
    }
    const last = await failureOf(accountId);
    if (!last) return ok(true);
    // A login that never worked is not kept: the fields are still here to be corrected. One that worked before stays.
    await ask('account.remove', { accountId, unread: true });
    return fail(last);
  };
  return {
    failure,
    busy,
    async submit(event) {
      event.preventDefault();
      if ((await run(add)).ok) onDone();
    },
  };
}
