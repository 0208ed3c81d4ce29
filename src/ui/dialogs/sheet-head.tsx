import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';

/** Title and close button of a sheet or small dialog. */
export function SheetHead({ title }: { title: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex items-start gap-2 px-4 pb-1 pt-4">
      <Dialog.Title className="min-w-0 flex-1 text-lg [overflow-wrap:anywhere]">{title}</Dialog.Title>
      <Dialog.Close className="icon-btn" aria-label={t('common.close')}>
        <X size={16} aria-hidden />
      </Dialog.Close>
    </div>
  );
}
