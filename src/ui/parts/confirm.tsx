import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from './button';

/** Asks once more, in place, before something is removed. The safe answer has the focus. */
export function Confirm({
  title,
  text,
  action,
  onConfirm,
  onCancel,
}: {
  title: string;
  text: string;
  action: string;
  onConfirm(): void;
  onCancel(): void;
}): ReactNode {
  const { t } = useTranslation();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div
      className="note border-danger-line bg-danger-soft"
      role="alertdialog"
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <div className="flex-1">
        <b>{title}</b>
        <p>{text}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button ref={cancel} small onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button small look="risky" onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </div>
  );
}
