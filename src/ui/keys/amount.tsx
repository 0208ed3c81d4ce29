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

/** The balance with its noun, for a place without a heading. */
function sayAmount(t: TFunction, amount: KeyView['amount'], language: string): string {
  if (amount.kind !== 'left') return t('card.quotaUnlimited');
  const left = formatAmount(amount.left, language);
  return amount.of
    ? t('card.leftOf', { left, amount: formatAmount(amount.of, language) })
    : t('card.balance', { amount: left });
}

/** What was used of a key in words; empty if unknown. */
export function sayUsed(amount: KeyView['amount'], language: string): string {
  if (amount.kind === 'unlimited') return amount.used ? formatAmount(amount.used, language) : '';
  if (amount.kind !== 'left' || !amount.of) return '';
  return formatAmount({ ...amount.of, value: amount.of.value - amount.left.value }, language);
}

/** The balance of a key, in the relay's own currency. */
export function Amount({ keyView: { amount } }: { keyView: KeyView }): ReactNode {
  const { t, i18n } = useTranslation();
  if (amount.kind === 'none') return null;
  return (
    <span className="flex-none text-xs font-medium tabular-nums text-ink-2">
      {sayAmount(t, amount, i18n.language)}
    </span>
  );
}

/** When a key ends, and whether it is nearly used up. */
export function Ending({ keyView }: { keyView: KeyView }): ReactNode {
  const { t, i18n } = useTranslation();
  const { amount, expiresAt, status } = keyView;
  const [now] = useState(() => Date.now());
  if (amount.kind === 'none') return null;
  const until = expiresAt
    ? t(status === 'expired' ? 'card.expired' : 'card.until', { date: formatWhen(expiresAt, i18n.language) })
    : '';
  const warnings = keyWarnings(keyView, now);
  const low = warnings.includes('low') && t('card.almostUsed');
  const ending = [low, until].filter(Boolean).join(' · ');
  return (
    ending && (
      <span className={`ml-auto flex-none tabular-nums ${warnings.length > 0 ? 'text-warn' : ''}`}>
        {ending}
      </span>
    )
  );
}
