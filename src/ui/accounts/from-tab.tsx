import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { TabSession } from '../../ports/page';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Note } from '../parts/note';

type Session = Omit<TabSession, 'origin'>;

export interface TabSite {
  id: number;
  host: string;
}

/** The web page under the popup; undefined: there is none. Only its address is known: nothing is read there. */
export function useTabSite(): TabSite | undefined {
  const { page } = usePage();
  const [tab, setTab] = useState<TabSite>();
  useEffect(() => {
    void page
      .currentTab()
      .then((found) => found && setTab({ id: found.id, host: new URL(found.origin).host }));
  }, [page]);
  return tab;
}

/** In the popup, over a web page: takes the login from the relay's own page, only ever on a click. `atOnce`: it has come. */
export function FromTab({
  atOnce,
  onTaken,
}: {
  atOnce: boolean;
  onTaken(session: Session, siteUrl: string): void;
}): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const tab = useTabSite();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<'tabNothing' | 'tabIdOnly' | 'tabShort' | 'tabLogin' | null>(null);
  const take = async (id: number): Promise<void> => {
    setBusy(true);
    const session = await page.readSession(id);
    setBusy(false);
    if (!session) return setSaid('tabNothing');
    const { origin, ...login } = session;
    const { accessToken, shortLived, family } = login;
    setSaid(family ? 'tabLogin' : shortLived ? 'tabShort' : accessToken ? null : 'tabIdOnly');
    // The tab may have gone on to another site since the popup was opened.
    onTaken(login, origin);
  };
  const begun = useRef(false);
  const begin = useEffectEvent(take);
  useEffect(() => {
    if (!tab || !atOnce || begun.current) return;
    begun.current = true;
    void begin(tab.id);
  }, [tab, atOnce]);
  if (!tab) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <Button className="self-start" busy={busy} onClick={() => void take(tab.id)}>
        {t('addAccount.fromTab')}
      </Button>
      <p className="text-xs text-ink-3">{t('addAccount.fromTabHelp', { host: tab.host })}</p>
      {said && <Note tone={said === 'tabNothing' ? 'warn' : 'plain'}>{t(`addAccount.${said}`)}</Note>}
    </div>
  );
}
