import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { Button } from '../parts/button';
import { useTranslation } from '../use-translation';

/** Of a foot that stays in sight at the lower edge of a `DialogFrame` while the form scrolls behind it. */
export const FOOT_IN_SIGHT = 'sticky -bottom-4 -mx-4 -mb-4 border-t border-line bg-surface px-4 py-3';
/** Of its form: what takes the focus is scrolled clear of the foot. */
export const ABOVE_FOOT = '[&_*]:scroll-mb-24';

/** The end of a form in a dialog: Cancel, and the button that sends it. */
export function FormFoot({
  submit,
  busy = false,
  disabled = false,
  look = 'primary',
  lead,
  note,
  className = '',
}: {
  submit: string;
  busy?: boolean;
  disabled?: boolean | undefined;
  look?: 'primary' | 'risky';
  /** Before Cancel. */
  lead?: ReactNode;
  /** At the left: what else is to be known before. */
  note?: string;
  className?: string;
}): ReactNode {
  const { t } = useTranslation();
  const buttons = (
    <>
      {lead}
      <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
      <Button look={look} type="submit" busy={busy} disabled={disabled}>
        {submit}
      </Button>
    </>
  );
  if (note === undefined) return <div className={`flex justify-end gap-2 ${className}`}>{buttons}</div>;
  return (
    <div className={`flex flex-wrap items-center gap-2 ${className}`}>
      <span className="flex-1 basis-40 text-xs text-ink-2">{note}</span>
      <div className="ml-auto flex flex-wrap gap-2">{buttons}</div>
    </div>
  );
}
