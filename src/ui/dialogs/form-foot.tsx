import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { Button } from '../parts/button';
import { useTranslation } from '../use-translation';

/** The end of a form in a dialog: Cancel, and the button that sends it. */
export function FormFoot({
  submit,
  busy = false,
  disabled = false,
  look = 'primary',
  lead,
  className = '',
}: {
  submit: string;
  busy?: boolean;
  disabled?: boolean | undefined;
  look?: 'primary' | 'risky';
  /** Before Cancel. */
  lead?: ReactNode;
  className?: string;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={`flex justify-end gap-2 ${className}`}>
      {lead}
      <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
      <Button look={look} type="submit" busy={busy} disabled={disabled}>
        {submit}
      </Button>
    </div>
  );
}
