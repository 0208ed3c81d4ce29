import { Dialog } from '@base-ui/react/dialog';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { parseHttpUrl } from '../../core/base-url';
import type { Failure } from '../../core/failure';
import { hostPattern } from '../../core/cliproxyapi/management-url';
import { FAMILIES, hasLastingToken } from '../../core/accounts/relay-family';
import type { SiteKind } from '../../core/accounts/site-kind';
import type { KnownLogin } from './adding';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field, SecretField } from '../parts/field';
import { Status } from '../parts/status';
import { sayFailure } from '../say';
import { FromTab } from './from-tab';

interface Login {
  siteUrl: string;
  accessToken: string;
  userId: string;
  /** Taken from the relay's own page: it takes the place of an account's old login. */
  renew: boolean;
}

/**
 * Address first: KeyFerry asks what the site is, by what it tells everybody, and then for what that kind of site needs.
 * Where it may not ask, both fields stand here and the site is recognised when the account is read.
 */
export function AddAccount({
  onDone,
  onKeyInstead,
  known,
}: {
  onDone(): void;
  onKeyInstead(): void;
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
  const traits = kind && FAMILIES[kind.family];
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
        <Field
          label={t('addAccount.siteUrl')}
          mono
          inputMode="url"
          spellCheck={false}
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
      {refused && kind ? (
        <FailureNote failure={{ code: 'no-lasting-token', host: parseHttpUrl(login.siteUrl)?.host ?? '' }}>
          <Button small onClick={onKeyInstead}>
            {t('addAccount.addKey')}
          </Button>
        </FailureNote>
      ) : (
        <>
          <SecretField
            label={t('addAccount.accessToken')}
            help={<TokenHelp siteUrl={login.siteUrl} kind={kind} />}
            value={login.accessToken}
            onChange={(event) => setLogin({ ...login, accessToken: event.target.value })}
          />
          {traits?.userId !== 'none' && (
            <Field
              label={t('addAccount.userId')}
              help={t(traits?.userId === 'required' ? 'addAccount.userIdNeeded' : 'addAccount.userIdHelp')}
              inputMode="numeric"
              value={login.userId}
              onChange={(event) => setLogin({ ...login, userId: event.target.value })}
            />
          )}
        </>
      )}
      {failure && <FailureNote failure={failure} />}
      <div className="flex justify-end gap-2">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button look="primary" type="submit" busy={busy} disabled={refused}>
          {t('addAccount.submit')}
        </Button>
      </div>
    </form>
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

type Found =
  { kind: 'nothing' | 'looking' } | { kind: 'known'; site: SiteKind } | { kind: 'failed'; failure: Failure };

interface Site {
  found: Found;
  /** Asks the site what it is, once per address. */
  look(address: string, again?: boolean): Promise<void>;
  forget(): void;
}

function useSite(): Site {
  const { ask } = usePage();
  const [asked, setAsked] = useState('');
  const [found, setFound] = useState<Found>({ kind: 'nothing' });
  return {
    found,
    async look(address, again = false) {
      if (!parseHttpUrl(address) || (address === asked && !again)) return;
      setAsked(address);
      setFound({ kind: 'looking' });
      const site = await ask('account.recognise', { siteUrl: address });
      setFound(site.ok ? { kind: 'known', site: site.value } : { kind: 'failed', failure: site.failure });
    },
    forget() {
      setAsked('');
      setFound({ kind: 'nothing' });
    },
  };
}

function SiteNote({ site, siteUrl }: { site: Site; siteUrl: string }): ReactNode {
  const { t, i18n } = useTranslation();
  const { page } = usePage();
  const { found } = site;
  const url = parseHttpUrl(siteUrl);
  const recognise = async (): Promise<void> => {
    if (url && (await page.requestHost(hostPattern(url)))) await site.look(siteUrl, true);
  };
  switch (found.kind) {
    case 'nothing':
      return null;
    case 'looking':
      return (
        <Status tone="busy" live>
          {t('addAccount.recognising')}
        </Status>
      );
    case 'known':
      return (
        <Status tone="ok" live>
          {t('addAccount.recognised', {
            family: t(`family.${found.site.family}`),
            reason: t(`addAccount.reason.${found.site.reason}`),
          })}
        </Status>
      );
    case 'failed':
      // In the popup the browser's question would close this form: there the account is kept first, then asked for.
      if (found.failure.code !== 'relay-permission') {
        const { what, next } = sayFailure(t, found.failure, i18n.language);
        return (
          <Status tone="warn" live>
            {what} {next}
          </Status>
        );
      }
      return page.isPopup ? null : (
        <Button small onClick={() => void recognise()}>
          {t('addAccount.recognise')}
        </Button>
      );
  }
}

function useAdding(
  login: Login,
  onDone: () => void,
): { failure: Failure | null; busy: boolean; submit(event: FormEvent): Promise<void> } {
  const { ask, page } = usePage();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const failureOf = async (id: string): Promise<Failure | null> => {
    const view = await ask('view', {});
    return view.ok
      ? (view.value.accounts.find((account) => account.id === id)?.failure ?? null)
      : view.failure;
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFailure(null);
    setBusy(true);
    const { renew, ...typed } = login;
    // The browser's question closes the popup, so the account is kept first; the worker reads it when allowed.
    const added = await ask('account.add', { name: '', ...typed, ...(renew && { renew }) });
    if (!added.ok) {
      setBusy(false);
      return setFailure(added.failure);
    }
    const url = parseHttpUrl(login.siteUrl);
    if (url && (await failureOf(added.value))?.code === 'relay-permission') {
      await ask('intent.set', { kind: 'account', id: added.value, pattern: hostPattern(url) });
      const granted = await page.requestHost(hostPattern(url));
      await ask('intent.clear', {});
      if (granted) await ask('account.refresh', { accountId: added.value });
    }
    const last = await failureOf(added.value);
    setBusy(false);
    if (!last) return onDone();
    // A login that does not work is not kept half-way: the fields are still here to be corrected.
    await ask('account.remove', { accountId: added.value });
    setFailure(last);
  };
  return { failure, busy, submit };
}
