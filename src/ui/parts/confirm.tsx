import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from './button';

/** Asks once more, in place, before something is removed or costs. The safe answer has the focus. */
export function Confirm({
  title,
  text,
  action,
  look = 'risky',
  disabled = false,
  onConfirm,
  onCancel,
  children,
}: {
  title: string;
  text: string;
  action: string;
  /** Of the action: `primary` where nothing is lost. */
  look?: 'risky' | 'primary';
  /** As it is chosen now, nothing would be done. */
  disabled?: boolean;
  onConfirm(): void;
  onCancel(): void;
  /** What can be chosen before. */
  children?: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div
      className={look === 'risky' ? 'note border-danger-line bg-danger-soft' : 'note'}
      role="alertdialog"
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <div className="flex-1">
        <b>{title}</b>
        <p>{text}</p>
        {children && <div className="mt-2">{children}</div>}
        <div className="mt-2 flex flex-wrap gap-2">
          <Button ref={cancel} small onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button small look={look} disabled={disabled} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </div>
  );
}
