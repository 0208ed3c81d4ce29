import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { Button } from '../parts/button';
import { useTranslation } from '../use-translation';

/** The end of a form in a dialog: Cancel, and what sends it. */
export function FormFoot({
  submit,
  busy = false,
  disabled = false,
}: {
  submit: string;
  busy?: boolean;
  disabled?: boolean | undefined;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex justify-end gap-2">
      <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
      <Button look="primary" type="submit" busy={busy} disabled={disabled}>
        {submit}
      </Button>
    </div>
  );
}
