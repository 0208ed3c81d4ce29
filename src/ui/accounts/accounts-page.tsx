import { Plus, Users } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { AccountView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Note } from '../parts/note';
import { sayNames } from '../say';
import { useView } from '../use-view';
import { EmptyState, PageHead } from '../parts/page-head';
import { AccountCard } from './account-card';
import { AddingLayer } from './adding';

export function AccountsPage(): ReactNode {
  const { t } = useTranslation();
  const { accounts } = useView();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look={accounts.length === 0 ? 'primary' : 'default'} onClick={() => setAdding(true)}>
      <Plus size={14} aria-hidden />
      {t('popup.addAccount')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('nav.accounts')} lead={t('accounts.lead')}>
        {accounts.length > 0 && add}
      </PageHead>
      {accounts.length === 0 ? (
        <EmptyState
          icon={<Users size={20} aria-hidden />}
          title={t('accounts.none')}
          text={t('accounts.noneHelp')}
        >
          {add}
        </EmptyState>
      ) : (
        <ul className="flex flex-col gap-3">
          <NotAllowed accounts={accounts.filter(({ granted }) => !granted)} />
          {accounts.map((account) => (
            <AccountCard key={account.id} account={account} />
          ))}
        </ul>
      )}
      <AddingLayer adding={adding ? 'account' : null} onClose={() => setAdding(false)} />
    </>
  );
}

/** Relays whose host the browser does not let us reach: all are allowed in one question. */
function NotAllowed({ accounts }: { accounts: readonly AccountView[] }): ReactNode {
  const { t } = useTranslation();
  const { order, page } = usePage();
  if (accounts.length === 0) return null;
  const allow = async (): Promise<void> => {
    const granted = await page.requestHosts([...new Set(accounts.map(({ pattern }) => pattern))]);
    if (granted) await order('accounts.refresh', {});
  };
  const names = sayNames(
    t,
    accounts.map(({ name }) => name),
  );
  return (
    <li>
      <Note tone="warn">
        {t('accounts.notAllowed', { count: accounts.length, names })}
        <Button small className="mt-2 block" onClick={() => void allow()}>
          {t('accounts.allowAll', { count: accounts.length })}
        </Button>
      </Note>
    </li>
  );
}
