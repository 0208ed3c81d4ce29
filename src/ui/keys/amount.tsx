import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView } from '../../core/view/view';
import { formatAmount, formatWhen } from '../format';

/** What is left on a key, in the relay's own currency, and until when. */
export function Amount({ keyView }: { keyView: KeyView }): ReactNode {
  const { t, i18n } = useTranslation();
  const { amount, expiresAt } = keyView;
  if (amount.kind === 'none') return null;
  const until = expiresAt
    ? t(keyView.status === 'expired' ? 'card.expired' : 'card.until', {
        date: formatWhen(expiresAt, i18n.language),
      })
    : '';
  const main = amount.kind === 'unlimited' ? t('card.unlimited') : formatAmount(amount.left, i18n.language);
  const of =
    amount.kind === 'left' && amount.of
      ? t('card.of', { amount: formatAmount(amount.of, i18n.language) })
      : '';
  const below = until || of || (amount.kind === 'left' ? t('card.left') : '');
  return (
    <div className="flex-none text-right font-medium tabular-nums">
      {main}
      {below && <div className="text-xs font-normal text-ink-3">{below}</div>}
    </div>
  );
}
