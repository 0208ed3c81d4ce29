import { Plus, RefreshCw, Users } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { lazyNamed } from '../lazy-named';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../core/view';
import { formatAgo, formatAmount } from '../format';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { FailureNote } from '../parts/failure-text';
import { Monogram } from '../parts/monogram';
import { useView } from '../use-view';
import { EmptyState, PageHead } from './page-head';

const AddLayer = lazyNamed(() => import('../dialogs/add-layer'), 'AddLayer');

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
          {accounts.map((account) => (
            <AccountCard key={account.id} account={account} />
          ))}
        </ul>
      )}
      <Suspense>{adding && <AddLayer kind="account" onClose={() => setAdding(false)} />}</Suspense>
    </>
  );
}

function AccountCard({ account }: { account: AccountView }): ReactNode {
  const { t, i18n } = useTranslation();
  const { ask, order, page } = usePage();
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const refresh = async (): Promise<void> => {
    setBusy(true);
    // Its failure stands on the account.
    await ask('account.refresh', { accountId: account.id });
    setBusy(false);
  };
  const allow = async (): Promise<void> => {
    if (await page.requestHost(account.pattern)) await refresh();
  };
  return (
    <li className="panel flex flex-col gap-2 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <Monogram name={account.name} />
        <div className="min-w-0 flex-1 basis-40">
          <div className="cut font-semibold">{account.name}</div>
          <div className="cut text-xs text-ink-3">
            {account.refreshedAt !== null && `${t(`family.${account.family}`)} · `}
            {account.host}
            {account.userId && ` · ${t('accounts.userId', { id: account.userId })}`}
          </div>
        </div>
        <div className="text-right">
          <div className="font-medium tabular-nums">
            {account.balance ? formatAmount(account.balance, i18n.language) : '–'}
          </div>
          <div className="text-xs text-ink-3">
            {t('common.keys', { count: account.keys })} ·{' '}
            {account.refreshedAt
              ? t('accounts.refreshed', { ago: formatAgo(account.refreshedAt, i18n.language) })
              : t('accounts.never')}
          </div>
        </div>
        <Button small busy={busy} onClick={() => void refresh()}>
          <RefreshCw size={14} aria-hidden />
          {t('accounts.refresh')}
        </Button>
        <Button small look="risky" onClick={() => setSure(true)}>
          {t('accounts.remove')}
        </Button>
      </div>
      {account.failure && (
        <FailureNote failure={account.failure}>
          {account.failure.code === 'relay-permission' && (
            <Button small onClick={() => void allow()}>
              {t('accounts.allow')}
            </Button>
          )}
        </FailureNote>
      )}
      {sure && (
        <Confirm
          title={t('accounts.removeTitle', { name: account.name })}
          text={t('accounts.removeText')}
          action={t('accounts.removeButton')}
          onConfirm={() => void order('account.remove', { accountId: account.id })}
          onCancel={() => setSure(false)}
        />
      )}
    </li>
  );
}
