import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { useView } from '../use-view';
import { IconButton } from '../parts/button';

/** Locks at once; there only where a lock is set. */
export function LockButton(): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const { lock } = useView();
  if (!lock) return null;
  return (
    <IconButton label={t('lock.now')} onClick={() => void order('lock.close', {})}>
      <Lock size={16} aria-hidden />
    </IconButton>
  );
}
