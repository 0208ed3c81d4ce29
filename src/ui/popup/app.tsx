import { KeyRound, Maximize2, Settings as SettingsIcon } from 'lucide-react';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { lazyNamed } from '../lazy-named';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { IconButton } from '../parts/button';
import { ConnectionPill } from '../connection/connection-pill';
import { FerryIcon } from '../parts/icons';
import { AddMenu, AddingLayer, type Adding } from '../accounts/adding';
import { KeyList } from '../keys/list';
import { LockButton } from '../backup/lock-button';
import { useResume } from '../shell/resume';
import { useFreshLists } from '../accounts/use-fresh-lists';
import { useView } from '../use-view';
import { useImportOpen } from '../import/use-import';
import { useSkipped } from './skipped';

const ImportLayer = lazyNamed(() => import('../import/import-layer'), 'ImportLayer');
const Setup = lazyNamed(() => import('./setup'), 'Setup');

/** 400 × 600: the keys, and whatever needs the user. */
export function PopupApp(): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const view = useView();
  const importing = useImportOpen();
  const [adding, setAdding] = useState<Adding | null>(null);
  const resumed = useResume();
  useFreshLists();
  useEffect(() => void import('../import/import-layer'), []);
  const [skipped] = useSkipped();
  const firstRun = !(view.connection?.hasKey || skipped) || view.keys.length + view.accounts.length === 0;
  return (
    <div className="fixed inset-0 flex flex-col overflow-hidden">
      <header className="flex flex-none items-center gap-1 border-b border-line bg-surface px-3 py-2">
        <span className="flex flex-1 items-center gap-2 text-md font-semibold">
          <FerryIcon size={20} className="text-accent" />
          KeyFerry
        </span>
        <ConnectionPill />
        <LockButton />
        <IconButton label={t('common.fullPage')} onClick={() => void page.openOptions('#/keys')}>
          <Maximize2 size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('common.settings')} onClick={() => void page.openOptions('#/cliproxyapi')}>
          <SettingsIcon size={16} aria-hidden />
        </IconButton>
      </header>
      <main className="flex min-h-0 flex-1 flex-col">
        {firstRun ? (
          <Suspense>
            <Setup onAdd={setAdding} />
          </Suspense>
        ) : (
          <>
            <h1 className="sr-only">{t('popup.keys')}</h1>
            <KeyList view={view} empty={<NoKeys />} add={<AddMenu small onAdd={setAdding} />} />
          </>
        )}
      </main>
      <Suspense>{importing && <ImportLayer />}</Suspense>
      {resumed}
      <AddingLayer adding={adding} onClose={() => setAdding(null)} />
    </div>
  );
}

function NoKeys(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 px-8 text-center">
      <span className="grid size-10 place-items-center rounded-md bg-accent-soft text-accent">
        <KeyRound size={20} aria-hidden />
      </span>
      <b>{t('popup.noKeys')}</b>
      <p className="text-ink-2">{t('popup.noKeysHelp')}</p>
    </div>
  );
}
