import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { Confirm } from '../parts/confirm';

/** Asks once more before everything is erased. */
export function ResetQuestion({ text, onCancel }: { text: string; onCancel(): void }): ReactNode {
  const { t } = useTranslation();
  const { order, view } = usePage();
  const reset = async (): Promise<void> => {
    await order('storage.reset', {});
    await view.load();
  };
  return (
    <Confirm
      title={t('broken.resetTitle')}
      text={text}
      action={t('broken.resetButton')}
      onConfirm={() => void reset()}
      onCancel={onCancel}
    />
  );
}
