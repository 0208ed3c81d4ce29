import type { ReactNode } from 'react';
import { troubledKeys } from '../../core/view/key-trouble';
import { Note } from '../parts/note';
import { sayNames } from '../say';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';

/** Keys of a plan that their relays will refuse, as far as they told. */
export function TroubleNote({ keyIds }: { keyIds: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  return troubledKeys(useView(), keyIds).map(({ trouble, names }) => (
    <Note key={trouble} tone="warn">
      {t(`planNotice.trouble.${trouble}`, { names: sayNames(t, names) })}
    </Note>
  ));
}
