import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { isIdle, isNone, type Amounts, type PlanSum } from '../../core/import/plan-sum';
import { sentences } from '../say';
import { useTranslation } from '../use-translation';

/** The first line of any plan: what it adds, changes and removes, and that it does no more. */
export function PlanSumLine({ sum }: { sum: PlanSum }): ReactNode {
  const { t } = useTranslation();
  if (isIdle(sum)) return <p className="font-medium">{t('change.sum.idle')}</p>;
  const { done, none } = partsOf(t, sum);
  return (
    <p className="font-medium">
      {done.map(({ deed, text }) => (
        <span key={deed} className={deed === 'removes' ? 'font-semibold text-danger' : ''}>
          {text}
          {t('common.betweenSentences')}
        </span>
      ))}
      {none}
    </p>
  );
}

type Deed = 'adds' | 'changes' | 'removes';
/** One or two of them, in the order of the alphabet. */
type Idle = Deed | 'adds-changes' | 'adds-removes' | 'changes-removes';
/** In the order in which they matter. */
const ORDER: readonly Deed[] = ['removes', 'adds', 'changes'];

/** The same in short: only what it does. */
export const saySum = (t: TFunction, sum: PlanSum): string =>
  isIdle(sum)
    ? t('change.sum.idle')
    : sentences(
        t,
        partsOf(t, sum).done.map(({ text }) => text),
      );

function partsOf(t: TFunction, sum: PlanSum): { done: { deed: Deed; text: string }[]; none: string } {
  const done = ORDER.filter((deed) => !isNone(sum[deed]));
  const idle = ORDER.filter((deed) => isNone(sum[deed])).sort();
  return {
    done: done.map((deed) => ({ deed, text: t(`change.sum.${deed}`, { what: sayAmounts(t, sum[deed]) }) })),
    none: idle.length > 0 ? t(`change.sum.none.${idle.join('-') as Idle}`) : '',
  };
}

/** “1 provider, 1 key, 8 models” */
export const sayAmounts = (t: TFunction, amounts: Amounts): string =>
  (Object.keys(UNITS) as (keyof Amounts)[])
    .filter((unit) => amounts[unit] > 0)
    .map((unit) => t(UNITS[unit], { count: amounts[unit] }))
    .join(t('common.listComma'));

/** In the order in which they are said. */
const UNITS = {
  providers: 'common.providers',
  keys: 'common.keys',
  models: 'common.models',
  aliases: 'change.alias',
  settings: 'change.settings',
} as const;

/** What is not touched, in one line; nothing where there is nothing else. `place`: what the CLIProxyAPI is called. */
export function sayStays(t: TFunction, { stays }: PlanSum, place: string): string {
  return isNone(stays) ? '' : t('change.stays', { place, what: sayAmounts(t, stays) });
}
