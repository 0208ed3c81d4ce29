import type { TFunction } from 'i18next';
import { sumChanges } from '../../core/import/plan-sum';
import type { Planned } from '../../core/import/planned';
import type { ImportDraft } from '../../core/import/draft';

/** The words of the button that carries a plan out: what the plan does. */
export function sayImport(t: TFunction, planned: Planned, draft: Pick<ImportDraft, 'models'>): string {
  const unplanned = draft.models.length;
  if (planned.kind !== 'plan') return t('sheet.import', { count: unplanned });
  if (planned.plan.kind === 'unchanged') return t('sheet.check');
  const { adds, changes } = sumChanges(planned.plan.changes);
  const { models: count } = adds;
  if (adds.keys > 0) return count > 0 ? t('sheet.import', { count }) : t('sheet.importKey');
  if (count > 0) return t('sheet.addModels', { count });
  return t('sheet.change', { count: changes.settings + changes.aliases });
}
