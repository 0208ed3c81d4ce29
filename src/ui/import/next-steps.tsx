import type { ReactNode } from 'react';
import type { Card } from '../../core/cliproxyapi/card';
import { isUnproved } from '../../core/cliproxyapi/unusable';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { useTranslation } from '../use-translation';

/** What can be done, right here, about how the last import ended. */
export function NextSteps({ keyId, card, look }: { keyId: string; card: Card; look?: 'primary' }): ReactNode {
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
        <Button key={step.kind} small {...(look && { look })} onClick={() => void run(step)}>
          {t(`card.${step.kind}`)}
        </Button>
      ))}
    </div>
  );
}

type NextStep = { kind: 'finish'; importId: string } | { kind: 'askAgain' | 'switchOn' | 'correct' };

export function nextSteps(card: Card): NextStep[] {
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
