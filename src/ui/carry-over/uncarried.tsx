import type { ReactNode } from 'react';
import type { UncarriedView } from '../../core/carry-over/view';
import { groupBy } from '../../core/group-by';
import { Names as Listed } from '../dialogs/plan-rows';
import { Note } from '../parts/note';
import { useTranslation } from '../use-translation';
import type { Names } from './use-carry';

/** What KeyFerry does not add, by the reason. */
export function Uncarried({
  uncarried,
  names,
}: {
  uncarried: readonly UncarriedView[];
  names: Names;
}): ReactNode {
  const { t } = useTranslation();
  if (uncarried.length === 0) return null;
  const reasons = groupBy(uncarried, ({ reason }) => reason);
  return (
    <Note className="mt-3">
      <b>{t('carry.uncarried')}</b>
      <ul className="mt-1">
        {[...reasons].map(([reason, those]) => (
          <li key={reason}>
            {t(`carry.reason.${reason}`, { ...names })}
            <Listed
              names={those.map(({ list, label, names: models }) => [label || list, ...models].join(' · '))}
            />
          </li>
        ))}
      </ul>
    </Note>
  );
}
