import type { ReactNode } from 'react';
import type { Running } from '../../core/cliproxyapi/card';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { useTranslation } from '../use-translation';

/** Stages of an import in their order. Asking relays for models comes before it begins, a batch's requests after its end. */
const STAGES = ['waiting', 'reading', 'writing', 'reading-back', 'asking'] as const;
const stepOf = (stage: Running['stage']): number =>
  stage === 'trying' ? STAGES.length : STAGES.findIndex((each) => each === stage) + 1;

/** How far an import has come, as a line. */
export function Steps({ stage }: { stage: Running['stage'] }): ReactNode {
  return (
    <div className="mt-1.5 flex gap-1" aria-hidden="true">
      {STAGES.map((each, index) => (
        <i
          key={each}
          className={`h-[3px] flex-1 rounded-full ${index < stepOf(stage) ? 'bg-accent' : 'bg-line'}`}
        />
      ))}
    </div>
  );
}

/** How far an import has come, in words, and the way to end it. */
export function RunningEnd({ keyId, running }: { keyId: string; running: Running }): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const { stage, served, total } = running;
  const isAsking = stage === 'asking' || stage === 'trying';
  return (
    <>
      <span className="whitespace-nowrap text-xs tabular-nums text-ink-3">
        {isAsking && total > 0
          ? t('dialog.chosenOf', { chosen: served, count: total })
          : t('card.step', { step: stepOf(stage), steps: STAGES.length })}
      </span>
      <Button small look="quiet" onClick={() => void order('work.stop', { workId: keyId })}>
        {t(isAsking ? 'card.stop' : 'card.cancel')}
      </Button>
    </>
  );
}
