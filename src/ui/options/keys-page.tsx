import { KeyRound, Plus, RefreshCw } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { lazyNamed } from '../lazy-named';
import { useTranslation } from 'react-i18next';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { ConnectionPill } from '../parts/connection-pill';
import { KeyList } from '../parts/key-list';
import { useView } from '../use-view';
import { EmptyState, PageHead } from './page-head';

const AddLayer = lazyNamed(() => import('../dialogs/add-layer'), 'AddLayer');

/** Key management: all keys as cards. */
export function KeysPage(): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const view = useView();
  const [adding, setAdding] = useState<'key' | 'account' | null>(null);
  const [refreshing, setRefreshing] = useState(false);
  const open = view.keys.filter((key) => key.card === null).length;
  const refresh = async (): Promise<void> => {
    setRefreshing(true);
    await ask('accounts.refresh', {});
    setRefreshing(false);
  };
  const addButtons = (
    <>
      <Button onClick={() => setAdding('key')}>
        <KeyRound size={14} aria-hidden />
        {t('popup.addKey')}
      </Button>
      <Button look={view.keys.length === 0 ? 'primary' : 'default'} onClick={() => setAdding('account')}>
        <Plus size={14} aria-hidden />
        {t('popup.addAccount')}
      </Button>
    </>
  );
  return (
    <>
      <PageHead
        title={t('nav.keys')}
        lead={t('keysPage.lead', { keys: t('common.keys', { count: view.keys.length }), open })}
      >
        <ConnectionPill />
        {view.accounts.length > 0 && (
          <Button busy={refreshing} onClick={() => void refresh()}>
            <RefreshCw size={14} aria-hidden />
            {t('keysPage.refresh')}
          </Button>
        )}
        {view.keys.length > 0 && addButtons}
      </PageHead>
      <KeyList
        view={view}
        wide
        empty={
          <EmptyState
            icon={<KeyRound size={20} aria-hidden />}
            title={t('popup.noKeys')}
            text={t('popup.noKeysHelp')}
          >
            {addButtons}
          </EmptyState>
        }
      />
      <Suspense>{adding && <AddLayer kind={adding} onClose={() => setAdding(null)} />}</Suspense>
    </>
  );
}
