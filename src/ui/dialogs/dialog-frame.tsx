import type { ReactNode } from 'react';
import { DialogShell } from './dialog-shell';
import { FIELDS, inTopDialog } from './focus';

/** A small dialog. */
export function DialogFrame({
  title,
  onClose,
  first = FIELDS,
  children,
}: {
  title: string;
  onClose(): void;
  /** Selects what takes the focus; by default the first field does, or the first button. */
  first?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <DialogShell size="small" title={title} onClose={onClose} initialFocus={() => inTopDialog(first)}>
      <div className="overflow-y-auto px-4 pb-4 pt-1">{children}</div>
    </DialogShell>
  );
}
