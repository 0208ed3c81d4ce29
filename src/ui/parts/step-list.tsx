import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Status } from './status';

/** The steps of a check, in their order; after the first failure nothing more was asked. */
export function StepList({
  steps,
  passed,
  title,
  failed,
  tookMs,
}: {
  steps: readonly string[];
  /** How many of them passed. */
  passed: number;
  /** Absent: how the check ended. */
  title?: string;
  failed: boolean;
  /** Until the first answer; absent: nothing was asked. */
  tookMs?: number;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <h2 className="mb-2 text-md">
        {title ?? (failed ? t('cpa.stoppedAt', { step: passed + 1 }) : t('cpa.allWorks'))}
      </h2>
      <ul className="mb-3 divide-y divide-line">
        {steps.map((step, index) => (
          <li key={step} className="flex items-center gap-2 py-1.5">
            <span className="flex flex-1">
              {index < passed ? (
                <Status tone="ok">
                  <span className="text-ink">{step}</span>
                </Status>
              ) : index === passed && failed ? (
                <Status tone="danger">{t('cpa.failedStep', { step })}</Status>
              ) : (
                <Status tone="none">{failed ? t('cpa.notAsked', { step }) : step}</Status>
              )}
            </span>
            {index === 0 && passed > 0 && tookMs !== undefined && (
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
