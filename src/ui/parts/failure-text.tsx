import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failures/failure';
import { sayFailure } from '../say';
import { Note } from './note';

/** A failure as a boxed sentence with its next step, and with what may be done right here. */
export function FailureNote({
  failure,
  children,
  tone = 'danger',
  className = '',
}: {
  failure: Failure;
  children?: ReactNode;
  tone?: 'danger' | 'warn';
  className?: string;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { what, next } = sayFailure(t, failure, i18n.language);
  return (
    <Note tone={tone} className={className}>
      <b>{what}</b>
      {t('common.betweenSentences')}
      {next}
      {children && <div className="mt-2 flex flex-wrap gap-2">{children}</div>}
    </Note>
  );
}
