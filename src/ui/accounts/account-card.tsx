import { RefreshCw } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { hasLastingToken } from '../../core/accounts/relay-family';
import type { FailureCode } from '../../core/failures/failure';
import type { AccountView } from '../../core/view/view';
import { balanceWarning } from '../../core/view/warnings';
import { formatAmount, formatTime } from '../format';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { FailureNote } from '../parts/failure-text';
import { Monogram } from '../parts/monogram';
import { useRequest } from '../use-request';
import { sayAgo } from '../say';
import { useTranslation } from '../use-translation';
import { AddingLayer } from './adding';

const EditAccount = lazyNamed(() => import('./edit-account'), 'EditAccount');

/** What another token or user id mends. */
const RENEWABLE: ReadonlySet<FailureCode> = new Set([
  'token-refused',
  'login-ended',
  'user-id-refused',
  'user-id-needed',
]);

/** One account: its site, its balance, and why it could not be read last. */
export function AccountCard({ account }: { account: AccountView }): ReactNode {
  const { t } = useTranslation();
  const { ask, order, page } = usePage();
  const [open, setOpen] = useState<'removal' | 'login' | 'edit' | null>(null);
  // Its failure is shown as the account's own.
  const { busy, run } = useRequest();
  const refresh = (): Promise<unknown> => run(() => ask('account.refresh', { accountId: account.id }));
  const allow = async (): Promise<void> => {
    if (await page.requestHost(account.pattern)) await refresh();
  };
  const { failure } = account;
  return (
    <li className="panel flex flex-col gap-2 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <Names account={account} />
        <Numbers account={account} />
        <Button small busy={busy} onClick={() => void refresh()}>
          <RefreshCw size={14} aria-hidden />
          {t('accounts.refresh')}
        </Button>
        <Button small onClick={() => setOpen('edit')}>
          {t('accounts.edit')}
        </Button>
        <Button small look="risky" onClick={() => setOpen('removal')}>
          {t('accounts.remove')}
        </Button>
      </div>
      <Limits account={account} />
      {failure && (
        <FailureNote failure={failure}>
          {failure.code === 'login-ended' && (
            <Button small onClick={() => void page.openLink(account.siteUrl)}>
              {t('accounts.openSite')}
            </Button>
          )}
          {RENEWABLE.has(failure.code) && hasLastingToken(account.family) && (
            <Button small onClick={() => setOpen('login')}>
              {t('accounts.newToken')}
            </Button>
          )}
          {failure.code === 'relay-permission' && (
            <Button small onClick={() => void allow()}>
              {t('accounts.allow')}
            </Button>
          )}
        </FailureNote>
      )}
      {open === 'removal' && (
        <Confirm
          title={t('accounts.removeTitle', { name: account.name })}
          text={t('accounts.removeText')}
          action={t('accounts.removeButton')}
          onConfirm={() => void order('account.remove', { accountId: account.id })}
          onCancel={() => setOpen(null)}
        />
      )}
      <Suspense>
        {open === 'edit' && <EditAccount account={account} onClose={() => setOpen(null)} />}
      </Suspense>
      <AddingLayer
        adding={open === 'login' ? 'account' : null}
        login={{ siteUrl: account.siteUrl, userId: account.userId }}
        onClose={() => setOpen(null)}
      />
    </li>
  );
}

function Names({ account }: { account: AccountView }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Monogram name={account.name} />
      <div className="min-w-0 flex-1 basis-40">
        <div className="cut font-semibold">{account.name}</div>
        <div className="cut text-xs text-ink-3">
          {account.refreshedAt !== null && `${t(`family.${account.family}`)} · `}
          {account.host}
          {account.userId && ` · ${t('accounts.userId', { id: account.userId })}`}
        </div>
      </div>
    </>
  );
}

function Numbers({ account: { balance, used, keys, refreshedAt } }: { account: AccountView }): ReactNode {
  const { t, i18n } = useTranslation();
  const warning = balanceWarning(balance);
  return (
    <div className="text-right">
      <div className="font-medium tabular-nums">
        {balance ? t('accounts.balance', { amount: formatAmount(balance, i18n.language) }) : '–'}
      </div>
      <div className="text-xs text-ink-3">
        {warning && (
          <span className="text-warn">{t(warning === 'low' ? 'accounts.low' : 'accounts.usedUp')}</span>
        )}
        {warning && used && ' · '}
        {used && t('accounts.used', { amount: formatAmount(used, i18n.language) })}
      </div>
      <div className="text-xs text-ink-3">
        {t('common.keys', { count: keys })} ·{' '}
        {refreshedAt
          ? t('accounts.refreshed', { ago: sayAgo(t, refreshedAt, i18n.language) })
          : t('accounts.never')}
      </div>
    </div>
  );
}

/** How often a site that counts it still shows keys, and whether it has more keys than are listed. */
function Limits({ account: { reveals, more } }: { account: AccountView }): ReactNode {
  const { t, i18n } = useTranslation();
  const spent = reveals !== null && reveals.left < reveals.most;
  if (!spent && !more) return null;
  return (
    <div className="text-xs text-ink-3">
      {spent && (
        <p className={reveals.left === 0 ? 'text-warn' : ''}>
          {t(reveals.until === null ? 'accounts.reveals' : 'accounts.revealsUntil', {
            left: reveals.left,
            most: reveals.most,
            time: reveals.until === null ? '' : formatTime(reveals.until, i18n.language),
          })}
        </p>
      )}
      {more && <p>{t('accounts.more')}</p>}
    </div>
  );
}
