import { Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../parts/page-head';
import { useTranslation } from '../use-translation';

/** Says that no New API is kept; `children` is the way to add one. */
export function NoNewApis({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const icon = <Waypoints size={20} aria-hidden />;
  return (
    <EmptyState icon={icon} title={t('newApi.none')} text={t('newApi.noneHelp')}>
      {children}
    </EmptyState>
  );
}
