import { foreignText } from '../../core/foreign-text';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { sayNames } from '../say';
import type { ImportState } from '../import-store';
import { LossQuestion } from '../dialogs/loss-question';
import { SheetHead } from '../dialogs/sheet-head';

/** Shows, before an undo does it, what it would lose of later changes, or which other keys go too. */
export function UndoDialog({ state }: { state: ImportState & { kind: 'undo' } }): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const { lost, together, providerName } = state;
  const lines =
    together ??
    [
      lost.keys > 0 && t('undo.keys', { count: lost.keys }),
      lost.models.length > 0 &&
        t('undo.models', { count: lost.models.length, names: sayNames(t, lost.models, 8) }),
      lost.fields.length > 0 &&
        t('undo.fields', { names: lost.fields.map(foreignText).join(t('common.listComma')) }),
    ].filter((line) => line !== false);
  return (
    <>
      <SheetHead
        title={
          together
            ? t('undo.together', { name: providerName, count: together.length })
            : t('undo.title', { name: providerName })
        }
      />
      <div className="overflow-y-auto px-4 pb-4 pt-1">
        <LossQuestion
          lead={t(together ? 'undo.togetherLead' : 'undo.lead')}
          onAnyway={() => void imports.undo(state.importId, state.name, state.hash)}
        >
          <ul className="list-disc pl-5 [overflow-wrap:anywhere]">
            {(lines.length > 0 ? lines : [t('undo.order')]).map((line, at) => (
              // Keys may have the same name.
              <li key={`${at} ${line}`}>{line}</li>
            ))}
          </ul>
        </LossQuestion>
      </div>
    </>
  );
}
