import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { parseManualModels } from '../../core/alias-rules';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import type { ImportState } from '../stores/import-store';
import { FailureActions } from './failure-actions';

/** When the relay gives no list: why, Retry, and entering the models by hand. */
export function ManualModels({
  state,
  again,
}: {
  state: ImportState & { kind: 'open' };
  again(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const { draft, opened } = state;
  const [text, setText] = useState(() =>
    draft.models.map(({ name, alias }) => (name === alias ? name : `${name} = ${alias}`)).join('\n'),
  );
  return (
    <section className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
      {opened.models.kind === 'refused' && (
        <FailureNote failure={opened.models.failure} tone="warn">
          <Button small onClick={again}>
            {t('common.retry')}
          </Button>
          <FailureActions failure={opened.models.failure} keyId={opened.keyId} />
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
              imports.edit({ ...draft, models: parseManualModels(event.target.value) });
            }}
          />
        </span>
      </label>
    </section>
  );
}
