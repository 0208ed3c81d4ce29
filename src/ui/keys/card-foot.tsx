import type { ReactNode } from 'react';
import type { Card, Running } from '../../core/cliproxyapi/card';
import { isUnproved } from '../../core/cliproxyapi/unusable';
import type { KeyView } from '../../core/view/view';
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

/** What can be done, right here, about how the last import ended. */
export function NextSteps({ keyView: { id: keyId }, card }: { keyView: KeyView; card: Card }): ReactNode {
  const { t } = useTranslation();
  const { order, imports } = usePage();
  const run = (step: NextStep): unknown => {
    switch (step.kind) {
      case 'finish':
        return imports.finish(step.importId, keyId);
      case 'askAgain':
        return order('import.ask-again', { keyId });
      case 'switchOn':
        return imports.open(keyId, { change: { enable: true } });
      case 'correct':
        return imports.open(keyId, { change: { correctBaseUrl: true } });
    }
  };
  const steps = nextSteps(card);
  if (steps.length === 0) return null;
  return (
    <div className="mt-1.5 flex flex-wrap justify-end gap-1.5">
      {steps.map((step) => (
        <Button key={step.kind} small onClick={() => void run(step)}>
          {t(`card.${step.kind}`)}
        </Button>
      ))}
    </div>
  );
}

type NextStep = { kind: 'finish'; importId: string } | { kind: 'askAgain' | 'switchOn' | 'correct' };

function nextSteps(card: Card): NextStep[] {
  if (card.kind === 'interrupted')
    return card.finding === 'not-written'
      ? [{ kind: 'finish', importId: card.importId }]
      : [{ kind: 'askAgain' }];
  if (card.kind !== 'proved') return [];
  const reasons = new Set(card.missing.map(({ reason }) => reason));
  const unclear = [...reasons].some(
    (reason) => isUnproved(reason) || reason === 'not-listed' || reason === 'example-keys',
  );
  return [
    ...(reasons.has('disabled') ? [{ kind: 'switchOn' } as const] : []),
    ...(reasons.has('no-version') ? [{ kind: 'correct' } as const] : []),
    ...(unclear ? [{ kind: 'askAgain' } as const] : []),
  ];
}
