import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from '../parts/button';

/** Asks before an undo takes away what others did since: `children` is what would be lost, `safe` the way that loses nothing. */
export function LossQuestion({
  lead,
  onAnyway,
  safe,
  children,
}: {
  lead?: string;
  onAnyway(): void;
  safe?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-3">
      {lead && <p>{lead}</p>}
      {children}
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="risky" onClick={onAnyway}>
          {t('undo.anyway')}
        </Button>
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        {safe}
      </div>
    </div>
  );
}
