import { KeyRound, TriangleAlert, Users } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { View } from '../../core/view/view';
import { formatAmount } from '../format';
import { Monogram } from '../parts/monogram';
import { sayFailure } from '../say';

/** Narrows the keys to one account; shows the balance of each, and which could not be read. */
export const AccountsAside = memo(function AccountsAside({
  keys,
  accounts,
  chosen,
  onChoose,
}: Pick<View, 'keys' | 'accounts'> & {
  chosen: string;
  onChoose(account: string): void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const own = keys.filter(({ accountId }) => accountId === null).length;
  const row = (id: string, icon: ReactNode, name: string, end: ReactNode, below?: ReactNode): ReactNode => (
    <li key={id}>
      <button
        type="button"
        aria-pressed={chosen === id}
        onClick={() => onChoose(id)}
        className={`flex min-h-9 w-full py-1 items-center gap-2 rounded-sm px-2 text-left ${chosen === id ? 'bg-surface font-medium shadow-[0_0_0_1px_var(--color-line)]' : 'hover:bg-hover'}`}
      >
        {icon}
        <span className="min-w-0 flex-1" title={name}>
          <span className="cut block">{name}</span>
          {below && <span className="text-xs font-normal tabular-nums text-ink-3">{below}</span>}
        </span>
        <span className="flex flex-none items-center gap-1 text-xs tabular-nums text-ink-3">{end}</span>
      </button>
    </li>
  );
  return (
    <nav aria-label={t('nav.accounts')} className="sticky top-6">
      <ul className="flex flex-col gap-0.5">
        {row('', <Users size={16} aria-hidden />, t('popup.allAccounts'), keys.length)}
        {accounts.map((account) => {
          const { failure, balance } = account;
          const why = failure && sayFailure(t, failure, i18n.language).what;
          return row(
            account.id,
            <Monogram small name={account.name} />,
            account.name,
            <>
              {why && (
                <span title={why} className="text-warn">
                  <TriangleAlert size={14} aria-hidden />
                  <span className="sr-only">{why}</span>
                </span>
              )}
            </>,
            balance && t('card.balance', { amount: formatAmount(balance, i18n.language) }),
          );
        })}
        {own > 0 && row('own', <KeyRound size={16} aria-hidden />, t('popup.ownKeys'), own)}
      </ul>
    </nav>
  );
});
