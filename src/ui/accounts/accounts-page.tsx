import { Plus, RefreshCw, Users } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { AccountView } from '../../core/view/view';
import { formatAgo, formatAmount, formatTime } from '../format';
import { AddingLayer } from './adding';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { FailureNote } from '../parts/failure-text';
import { Monogram } from '../parts/monogram';
import { Note } from '../parts/note';
import { sayNames } from '../say';
import { useView } from '../use-view';
import { EmptyState, PageHead } from '../parts/page-head';

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

/** Relays that the browser no longer lets us reach, or never did: allowed again in one question. */
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

/** How often keys can still be shown by a site that counts it, and whether it has more than are listed. */
function Limits({ account: { reveals, more } }: { account: AccountView }): ReactNode {
  const { t, i18n } = useTranslation();
  const spent = reveals !== null && reveals.left < reveals.most;
  if (!spent && !more) return null;
  return (
    <div className="text-xs text-ink-3">
      {spent && (
        <p className={reveals.left === 0 ? 'text-warn' : ''}>
          {t('accounts.reveals', { left: reveals.left, most: reveals.most })}{' '}
          {reveals.until !== null &&
            t('accounts.revealsUntil', { time: formatTime(reveals.until, i18n.language) })}
        </p>
      )}
      {more && <p>{t('accounts.more')}</p>}
    </div>
  );
}

function AccountCard({ account }: { account: AccountView }): ReactNode {
  const { t, i18n } = useTranslation();
  const { ask, order, page } = usePage();
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const [renewing, setRenewing] = useState(false);
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
      <Limits account={account} />
      {account.failure && (
        <FailureNote failure={account.failure}>
          {(account.failure.code === 'token-refused' || account.failure.code === 'user-id-refused') && (
            <Button small onClick={() => setRenewing(true)}>
              {t('accounts.newToken')}
            </Button>
          )}
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
      <AddingLayer
        adding={renewing ? 'account' : null}
        login={{ siteUrl: account.siteUrl, userId: account.userId }}
        onClose={() => setRenewing(false)}
      />
    </li>
  );
}
