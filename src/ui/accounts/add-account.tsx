import { TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { siteOf } from '../../core/accounts/account-login';
import { FAMILIES, hasLastingToken } from '../../core/accounts/relay-family';
import type { SiteKind } from '../../core/accounts/site-kind';
import { parseHttpUrl } from '../../core/base-url';
import { FormFoot } from '../dialogs/form-foot';
import { UrlField } from '../dialogs/url-field';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field, SecretField } from '../parts/field';
import { useTranslation } from '../use-translation';
import type { KeySite } from './add-key';
import type { KnownLogin } from './adding';
import { FromTab } from './from-tab';
import { SiteNote, UseHttps, useSite } from './site-note';
import { useAdding, type Login } from './use-adding';

/**
 * Address first: KeyFerry asks what the site is, by what it tells everybody, and then for what that kind of site needs.
 * Where it may not ask, it asks for everything and recognises the site when it reads the account.
 */
export function AddAccount({
  onDone,
  onKeyInstead,
  known,
  takesTab = false,
}: {
  onDone(): void;
  onKeyInstead(site: KeySite): void;
  /** The account whose login is renewed. */
  known?: KnownLogin | undefined;
  /** The click that opened this asked for the login of the page in the tab. */
  takesTab?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const [login, setLogin] = useState<Login>({
    siteUrl: known?.siteUrl ?? '',
    accessToken: '',
    userId: known?.userId ?? '',
    shortLived: false,
  });
  const [taken, setTaken] = useState(false);
  const site = useSite();
  const { failure, busy, submit } = useAdding(login, onDone, known !== undefined);
  const kind = site.found.kind === 'known' ? site.found.site : undefined;
  const url = parseHttpUrl(login.siteUrl);
  // Taken from the signed-in page of a site that has no other login: nothing is left to fill in.
  const byTab = login.shortLived && (kind ? !hasLastingToken(kind.family) : taken);
  const refused = kind && !hasLastingToken(kind.family) && !byTab;
  const moveTo = (siteUrl: string): void => {
    setLogin({ ...login, siteUrl });
    void site.look(siteUrl);
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <p className="text-ink-2">{t('addAccount.family')}</p>
      <FromTab
        atOnce={takesTab}
        onTaken={({ family, ...session }, siteUrl) => {
          setLogin({ ...session, siteUrl });
          setTaken(family === 'sub2api');
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
          <SiteNote site={site} siteUrl={login.siteUrl} onAddress={moveTo} />
        </div>
      </div>
      {refused ? (
        <FailureNote failure={{ code: 'no-lasting-token', host: url?.host ?? '' }}>
          <Button small onClick={() => onKeyInstead({ siteUrl: url ? siteOf(url) : '', relay: kind.family })}>
            {t('addAccount.addKey')}
          </Button>
        </FailureNote>
      ) : byTab ? null : (
        <LoginFields login={login} kind={kind} onLogin={setLogin} />
      )}
      {failure && (
        <FailureNote failure={failure}>
          <UseHttps failure={failure} siteUrl={login.siteUrl} onAddress={moveTo} />
        </FailureNote>
      )}
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
        onChange={(event) => onLogin({ ...login, accessToken: event.target.value, shortLived: false })}
      />
      {userId !== 'none' && (
        <Field
          label={t(userId === 'required' ? 'addAccount.userId' : 'addAccount.userIdOptional')}
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
      <span className="mt-0.5 flex items-start gap-1 text-warn">
        <TriangleAlert size={14} className="mt-px flex-none" aria-hidden />
        {t('addAccount.newTokenEnds')}
      </span>
    </>
  );
}
