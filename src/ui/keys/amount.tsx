import type { TFunction } from 'i18next';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView } from '../../core/view/view';
import { keyWarnings } from '../../core/view/warnings';
import { formatAmount, formatWhen } from '../format';

/** The balance in words; empty if unknown. */
export function sayLeft(t: TFunction, amount: KeyView['amount'], language: string): string {
  if (amount.kind === 'left') return formatAmount(amount.left, language);
  return amount.kind === 'unlimited' ? t('card.unlimited') : '';
}

/** What was used of a key in words; empty if unknown. */
export function sayUsed(amount: KeyView['amount'], language: string): string {
  if (amount.kind === 'unlimited') return amount.used ? formatAmount(amount.used, language) : '';
  if (amount.kind !== 'left' || !amount.of) return '';
  return formatAmount({ ...amount.of, value: amount.of.value - amount.left.value }, language);
}

/** The balance of a key, in the relay's own currency, and its expiry. */
export function Amount({ keyView }: { keyView: KeyView }): ReactNode {
  const { t, i18n } = useTranslation();
  const { amount, expiresAt } = keyView;
  const [now] = useState(() => Date.now());
  if (amount.kind === 'none') return null;
  const until = expiresAt
    ? t(keyView.status === 'expired' ? 'card.expired' : 'card.until', {
        date: formatWhen(expiresAt, i18n.language),
      })
    : '';
  const of =
    amount.kind === 'left' && amount.of
      ? t('card.of', { amount: formatAmount(amount.of, i18n.language) })
      : '';
  const warnings = keyWarnings(keyView, now);
  const low = warnings.includes('low') && t('card.almostUsed');
  const below =
    [low, until].filter(Boolean).join(' · ') || of || (amount.kind === 'left' ? t('card.left') : '');
  return (
    <div className="flex-none text-right font-medium tabular-nums">
      {sayLeft(t, amount, i18n.language)}
      {below && (
        <div className={`text-xs font-normal ${warnings.length > 0 ? 'text-warn' : 'text-ink-3'}`}>
          {below}
        </div>
      )}
    </div>
  );
}
