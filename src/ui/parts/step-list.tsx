import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Status } from './status';

/** The steps of a check, in their order; after the first failure nothing more was asked. */
export function StepList({
  steps,
  passed,
  failed,
  tookMs,
}: {
  steps: readonly string[];
  /** How many of them passed. */
  passed: number;
  failed: boolean;
  tookMs: number;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <h2 className="mb-2 text-md">
        {failed ? t('cpa.stoppedAt', { step: passed + 1 }) : t('cpa.allWorks')}
      </h2>
      <ul className="mb-3 divide-y divide-line">
        {steps.map((step, index) => (
          <li key={step} className="flex items-baseline gap-2 py-1.5">
            <span className="flex-1">
              {index < passed ? (
                <Status tone="ok">
                  <b className="text-ink">{step}</b>
                </Status>
              ) : index === passed && failed ? (
                <Status tone="danger">{t('cpa.failedStep', { step })}</Status>
              ) : (
                <Status tone="none">{t('cpa.notAsked', { step })}</Status>
              )}
            </span>
            {index === 0 && passed > 0 && (
              <span className="text-xs tabular-nums text-ink-3">
                {t('cpa.ms', { ms: Math.round(tookMs) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
