import { useState, type ReactNode } from 'react';
import type { SiteKind } from '../../core/accounts/site-kind';
import { httpsOf, parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/connection/management-url';
import type { Failure } from '../../core/failures/failure';
import { typedAddress } from '../../core/typed-address';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Status, type StatusTone } from '../parts/status';
import { sayFailure } from '../say';
import { useTranslation } from '../use-translation';

type Found =
  { kind: 'nothing' | 'looking' } | { kind: 'known'; site: SiteKind } | { kind: 'failed'; failure: Failure };

export interface Site {
  found: Found;
  /** Asks the site what it is, once per address. */
  look(address: string, again?: boolean): Promise<void>;
  forget(): void;
}

/** What the site at an address is, as far as it has been asked. */
export function useSite(): Site {
  const { ask } = usePage();
  const [asked, setAsked] = useState('');
  const [found, setFound] = useState<Found>({ kind: 'nothing' });
  return {
    found,
    async look(address, again = false) {
      if (!typedAddress(address).ok || (address === asked && !again)) return;
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

/** What KeyFerry made of the address, below its field. */
export function SiteNote({
  site,
  siteUrl,
  onAddress,
}: {
  site: Site;
  siteUrl: string;
  onAddress(siteUrl: string): void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { page } = usePage();
  const { found } = site;
  switch (found.kind) {
    case 'nothing':
      return null;
    case 'looking':
      return <Said tone="busy">{t('addAccount.recognising')}</Said>;
    case 'known': {
      const family = t(`family.${found.site.family}`);
      const reason = t(`addAccount.reason.${found.site.reason}`);
      return <Said tone="ok">{t('addAccount.recognised', { family, reason })}</Said>;
    }
    case 'failed': {
      if (found.failure.code === 'relay-permission')
        // In the popup the browser's question would close this form: there the account is kept first, then asked for.
        return page.isPopup ? null : <Recognise site={site} siteUrl={siteUrl} />;
      const { what, next } = sayFailure(t, found.failure, i18n.language);
      return (
        <>
          <Said tone="warn">
            {what} {next}
          </Said>
          <UseHttps failure={found.failure} siteUrl={siteUrl} onAddress={onAddress} />
        </>
      );
    }
  }
}

/** Of an http address that redirects, most lead to https: offers that one. */
export function UseHttps({
  failure,
  siteUrl,
  onAddress,
}: {
  failure: Failure;
  siteUrl: string;
  onAddress(siteUrl: string): void;
}): ReactNode {
  const { t } = useTranslation();
  const url = failure.code === 'relay-redirected' ? httpsOf(siteUrl) : undefined;
  if (!url) return null;
  return (
    <Button small onClick={() => onAddress(url)}>
      {t('addAccount.useHttps', { url })}
    </Button>
  );
}

const Said = (props: { tone: StatusTone; children: ReactNode }): ReactNode => <Status live {...props} />;

function Recognise({ site, siteUrl }: { site: Site; siteUrl: string }): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const recognise = async (): Promise<void> => {
    const url = parseHttpUrl(siteUrl);
    if (url && (await page.requestHost(hostPattern(url)))) await site.look(siteUrl, true);
  };
  return (
    <Button small onClick={() => void recognise()}>
      {t('addAccount.recognise')}
    </Button>
  );
}
