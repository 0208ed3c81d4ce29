import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { TabSession } from '../../ports/page';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Note } from '../parts/note';

type Session = Omit<TabSession, 'origin'>;

/** In the popup, over a web page: takes the login from the relay's own page, only ever on this click. */
export function FromTab({ onTaken }: { onTaken(session: Session, siteUrl: string): void }): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const [tab, setTab] = useState<{ id: number; origin: string }>();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<'tabNothing' | 'tabIdOnly' | 'tabShort' | 'tabLogin' | null>(null);
  useEffect(() => void page.currentTab().then(setTab), [page]);
  if (!tab) return null;
  const take = async (): Promise<void> => {
    setBusy(true);
    const session = await page.readSession(tab.id);
    setBusy(false);
    if (!session) return setSaid('tabNothing');
    const { origin, ...login } = session;
    const { accessToken, shortLived, family } = login;
    setSaid(family ? 'tabLogin' : shortLived ? 'tabShort' : accessToken ? null : 'tabIdOnly');
    // The tab may have gone on to another site since the popup was opened.
    onTaken(login, origin);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <Button className="self-start" busy={busy} onClick={() => void take()}>
        {t('addAccount.fromTab')}
      </Button>
      <p className="text-xs text-ink-3">{t('addAccount.fromTabHelp', { host: new URL(tab.origin).host })}</p>
      {said && <Note tone={said === 'tabNothing' ? 'warn' : 'plain'}>{t(`addAccount.${said}`)}</Note>}
    </div>
  );
}
