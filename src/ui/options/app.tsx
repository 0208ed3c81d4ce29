import {
  History,
  Info,
  KeyRound,
  Menu as MenuIcon,
  Route,
  SlidersHorizontal,
  Tag,
  Users,
  Waypoints,
} from 'lucide-react';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { lazyNamed } from '../lazy-named';
import { useTranslation } from '../use-translation';
import { FerryIcon } from '../parts/icons';
import { useResume } from '../shell/resume';
import { useImportOpen } from '../import/use-import';
import { useHash, useMedia } from '../use-window';
import { KeysPage } from '../keys/page';

const ImportLayer = lazyNamed(() => import('../import/import-layer'), 'ImportLayer');
const ChannelsPage = lazyNamed(() => import('../channels/page'), 'ChannelsPage');
const HistoryPage = lazyNamed(() => import('../history/page'), 'HistoryPage');
const GeneralPage = lazyNamed(() => import('./general-page'), 'GeneralPage');
const AliasesPage = lazyNamed(() => import('../aliases/aliases-page'), 'AliasesPage');
const AccountsPage = lazyNamed(() => import('../accounts/accounts-page'), 'AccountsPage');
const CliproxyapiPage = lazyNamed(() => import('../connection/cliproxyapi-page'), 'CliproxyapiPage');
const NewApiPage = lazyNamed(() => import('../new-api/page'), 'NewApiPage');
const AboutPage = lazyNamed(() => import('./about-page'), 'AboutPage');

/** The pages, in the order of the side navigation. All but the first are loaded when they are opened. */
const PAGES = {
  keys: { group: 'work', icon: KeyRound, Page: KeysPage },
  channels: { group: 'work', icon: Route, Page: ChannelsPage },
  history: { group: 'work', icon: History, Page: HistoryPage },
  general: { group: 'settings', icon: SlidersHorizontal, Page: GeneralPage },
  accounts: { group: 'settings', icon: Users, Page: AccountsPage },
  aliases: { group: 'settings', icon: Tag, Page: AliasesPage },
  cliproxyapi: { group: 'settings', icon: FerryIcon, Page: CliproxyapiPage },
  'new-api': { group: 'settings', icon: Waypoints, Page: NewApiPage },
  about: { group: 'settings', icon: Info, Page: AboutPage },
} as const;
type PageName = keyof typeof PAGES;

export function OptionsApp(): ReactNode {
  const { t } = useTranslation();
  const place = usePlace();
  const importing = useImportOpen();
  const resumed = useResume();
  const { Page } = PAGES[place];
  useEffect(() => {
    document.title = `${t(`nav.${place}`)} · KeyFerry`;
  }, [place, t]);
  return (
    <div className="min-h-screen lg:grid lg:grid-cols-[224px_minmax(0,1fr)]">
      <Nav place={place} />
      <main className="w-full min-w-0 max-w-[1360px] p-4 pb-12 lg:px-8 lg:pb-16 lg:pt-6">
        <Suspense>
          <Page />
        </Suspense>
      </main>
      <Suspense>{importing && <ImportLayer />}</Suspense>
      {resumed}
    </div>
  );
}

/** The page named behind `#/`. */
function usePlace(): PageName {
  const [name = ''] = useHash();
  return name in PAGES ? (name as PageName) : 'keys';
}

function Nav({ place }: { place: PageName }): ReactNode {
  const { t } = useTranslation();
  const wide = useMedia('(min-width: 1024px)');
  const [open, setOpen] = useState(false);
  const links = <NavLinks place={place} onGo={() => setOpen(false)} />;
  const brand = (
    <span className="flex items-center gap-2 text-md font-semibold">
      <FerryIcon size={20} className="text-accent" />
      KeyFerry
    </span>
  );
  if (wide) {
    return (
      <nav
        aria-label={t('nav.label')}
        className="sticky top-0 flex h-screen flex-col gap-0.5 border-r border-line px-3 py-4"
      >
        <div className="px-2 pb-4 pt-1">{brand}</div>
        {links}
      </nav>
    );
  }
  return (
    <header className="sticky top-0 z-[6] border-b border-line bg-surface">
      <div className="flex items-center gap-2 px-4 py-2">
        <span className="flex-1">{brand}</span>
        <button
          type="button"
          className="btn small"
          aria-expanded={open}
          aria-controls="pages"
          onClick={() => setOpen(!open)}
        >
          <MenuIcon size={14} aria-hidden />
          {t('nav.menu')}
        </button>
      </div>
      {open && (
        <nav
          id="pages"
          aria-label={t('nav.label')}
          className="flex flex-col gap-0.5 border-t border-line px-3 py-2"
        >
          {links}
        </nav>
      )}
    </header>
  );
}

function NavLinks({ place, onGo }: { place: PageName; onGo(): void }): ReactNode {
  const { t } = useTranslation();
  return (['work', 'settings'] as const).map((group) => (
    <div key={group} className="flex flex-col gap-0.5">
      <span className="px-2 pb-1 pt-3 text-xs text-ink-3">{t(`nav.${group}`)}</span>
      {(Object.keys(PAGES) as PageName[])
        .filter((name) => PAGES[name].group === group)
        .map((name) => {
          const Icon = PAGES[name].icon;
          const current = name === place;
          return (
            <a
              key={name}
              href={`#/${name}`}
              onClick={onGo}
              aria-current={current ? 'page' : undefined}
              className={`flex min-h-8 items-center gap-2.5 rounded-sm px-2 py-1 font-medium no-underline ${current ? 'bg-accent-soft text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink'}`}
            >
              <Icon size={16} aria-hidden />
              {t(`nav.${name}`)}
            </a>
          );
        })}
    </div>
  ));
}
