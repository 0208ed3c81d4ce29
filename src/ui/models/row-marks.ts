import type { TFunction } from 'i18next';
import type { Planned } from '../../core/import/planned';
import { sayNames } from '../say';

/** The plan's remarks on single models: by alias for pools, by name for those left out. */
export interface RowMarks {
  pool: ReadonlyMap<string, string>;
  leftOut: ReadonlyMap<string, string>;
}

/** Which of the providers that serve a name is asked first. */
export const POOL_TEXTS = {
  shared: 'planNotice.pool',
  behind: 'planNotice.poolBehind',
  ahead: 'planNotice.poolAhead',
} as const;

export function rowMarks(t: TFunction, planned: Planned): RowMarks {
  const pool = new Map<string, string>();
  const leftOut = new Map<string, string>();
  if (planned.kind !== 'plan') return { pool, leftOut };
  for (const notice of planned.plan.notices) {
    if (notice.kind === 'pool') {
      for (const { alias, others, order } of notice.members) {
        pool.set(alias, t(POOL_TEXTS[order], { count: 1, names: alias, others: sayNames(t, others) }));
      }
    }
    if (notice.kind === 'left-out') {
      for (const { name } of notice.models)
        leftOut.set(name, t('planNotice.leftOut', { count: 1, names: name }));
    }
  }
  return { pool, leftOut };
}
