import { KeyRound, Plus, RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { AddButtons, AddMenu, AddingLayer, type Adding } from '../accounts/adding';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { Button, IconButton } from '../parts/button';
import { ConnectionPill } from '../connection/connection-pill';
import { useFreshLists } from '../accounts/use-fresh-lists';
import { useRequest } from '../use-request';
import { useView } from '../use-view';
import { KeyBoard } from './board';
import { EmptyState, PageHead } from '../parts/page-head';

/** Key management: all keys, what can be added, and the accounts read anew. */
export function KeysPage(): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const view = useView();
  const [adding, setAdding] = useState<Adding | null>(null);
  const { busy: refreshing, run } = useRequest();
  useFreshLists();
  return (
    <>
      <PageHead
        title={t('nav.keys')}
        lead={t('keysPage.lead', { keys: t('common.keys', { count: view.keys.length }) })}
      >
        <ConnectionPill />
        {view.accounts.length > 0 && (
          <>
            <IconButton
              label={t('keysPage.refresh')}
              disabled={refreshing}
              aria-busy={refreshing}
              onClick={() => void run(() => order('accounts.refresh', {}))}
            >
              <RefreshCw size={16} className={refreshing ? 'spin' : ''} aria-hidden />
            </IconButton>
            <Button onClick={() => setAdding('new')}>
              <Plus size={14} aria-hidden />
              {t('keysPage.newKey')}
            </Button>
          </>
        )}
        {view.keys.length > 0 && <AddMenu onAdd={setAdding} />}
      </PageHead>
      {view.keys.length > 0 ? (
        <KeyBoard view={view} />
      ) : (
        <EmptyState
          icon={<KeyRound size={20} aria-hidden />}
          title={t('popup.noKeys')}
          text={t('popup.noKeysHelp')}
        >
          <AddButtons primary="account" onAdd={setAdding} />
        </EmptyState>
      )}
      <AddingLayer adding={adding} accounts={view.accounts} onClose={() => setAdding(null)} />
    </>
  );
}
