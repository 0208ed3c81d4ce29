import type { ReactNode } from 'react';
import { Note } from '../parts/note';
import { sayNames } from '../say';
import { useTranslation } from '../use-translation';

/** Models that are left out of a plan, since the relay does not let the key use them. */
export function BarredNote({ names = [] }: { names?: readonly string[] | undefined }): ReactNode {
  const { t } = useTranslation();
  if (names.length === 0) return null;
  return (
    <Note tone="warn">{t('planNotice.barred', { count: names.length, names: sayNames(t, names) })}</Note>
  );
}
