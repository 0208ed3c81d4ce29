import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Change } from '../../core/import/change';
import { sum } from '../../core/sum';

/** A plan in one line: what it adds, in units, and how much else it changes. */
export function AddsLine({ changes }: { changes: readonly Change[] }): ReactNode {
  const { t } = useTranslation();
  const added = changes.filter(({ sign }) => sign === '+');
  const of = (kind: Change['kind']): number => added.filter((change) => change.kind === kind).length;
  const models = sum(added.map((change) => (change.kind === 'models' ? change.models.length : 0)));
  const units = [
    of('provider') > 0 && t('common.providers', { count: of('provider') }),
    of('key') > 0 && t('common.keys', { count: of('key') }),
    models > 0 && t('common.models', { count: models }),
  ].filter((unit) => unit !== false);
  const others = changes.filter(({ sign }) => sign === '~' || sign === '−').length;
  const parts = [
    units.length > 0 && t('dialog.adds', { what: units.join(t('common.listComma')) }),
    others > 0 && t('dialog.changes', { count: others }),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(t('common.listComma')) : t('dialog.changesNothing');
}
