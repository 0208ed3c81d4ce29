import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { parseManualModels, type ChosenModel } from '../../core/aliases/alias-models';
import type { Failure } from '../../core/failures/failure';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';

/** Entering models by hand when the relay lists none, with the reason and Retry. */
export function ManualModels({
  models,
  failure,
  actions,
  onModels,
  again,
}: {
  models: readonly ChosenModel[];
  failure: Failure | null;
  /** A remedy for the failure. */
  actions: ReactNode;
  onModels(models: ChosenModel[]): void;
  again(): void;
}): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState(() =>
    models.map(({ name, alias }) => (name === alias ? name : `${name} = ${alias}`)).join('\n'),
  );
  return (
    <section className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
      {failure && (
        <FailureNote failure={failure} tone="warn">
          <Button small onClick={again}>
            {t('common.retry')}
          </Button>
          {actions}
        </FailureNote>
      )}
      <label className="flex min-h-40 flex-1 flex-col">
        <span className="font-semibold">{t('dialog.manualTitle')}</span>
        <span className="mb-1 text-xs text-ink-3">{t('dialog.manualHelp')}</span>
        <span className="field flex-1 items-stretch py-1">
          <textarea
            className="mono resize-none"
            aria-label={t('dialog.manualLabel')}
            value={text}
            spellCheck={false}
            placeholder={'gpt-4o\nclaude-sonnet-4-5-20250929 = claude-sonnet-4-5'}
            onChange={(event) => {
              setText(event.target.value);
              onModels(parseManualModels(event.target.value));
            }}
          />
        </span>
      </label>
    </section>
  );
}
