import type { ReactNode } from 'react';
import type { Unread } from '../../core/carry-over/view';
import { FailureNote } from '../parts/failure-text';
import { useTranslation } from '../use-translation';
import type { Names } from './use-carry';

/** Which of the two could not be read, why, and what to do. */
export function UnreadNote({
  unread: { side, failure },
  names,
  className = '',
}: {
  unread: Unread;
  names: Names;
  className?: string;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={className}>
      <p className="mb-1 font-semibold">
        {t('carry.unread', { name: side === 'there' ? names.from : names.to })}
      </p>
      <FailureNote failure={failure} />
    </div>
  );
}
