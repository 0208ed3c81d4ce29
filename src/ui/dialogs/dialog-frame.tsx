import type { ReactNode } from 'react';
import { DialogShell } from './dialog-shell';
import { FIELDS, inTopDialog } from './focus';

/** A small dialog. */
export function DialogFrame({
  title,
  onClose,
  first = FIELDS,
  finalFocus,
  children,
}: {
  title: string;
  onClose(): void;
  /** Selects what takes the focus; by default the first field does, or the first button. */
  first?: string;
  /** What has the focus when it closes; by default what had it before. */
  finalFocus?: (() => HTMLElement | null) | undefined;
  children: ReactNode;
}): ReactNode {
  return (
    <DialogShell
      size="small"
      title={title}
      onClose={onClose}
      initialFocus={() => inTopDialog(first)}
      {...(finalFocus && { finalFocus })}
    >
      <div className="overflow-y-auto px-4 pb-4 pt-1">{children}</div>
    </DialogShell>
  );
}
