import type { ReactNode, RefObject } from 'react';
import { DialogShell } from './dialog-shell';

const firstField = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('[role="dialog"] :is(input, select, textarea)');

/** A small dialog. */
export function DialogFrame({
  title,
  onClose,
  first,
  children,
}: {
  title: string;
  onClose(): void;
  /** Takes the focus; by default the first field does, or the first button. */
  first?: RefObject<HTMLElement | null>;
  children: ReactNode;
}): ReactNode {
  return (
    <DialogShell size="small" title={title} onClose={onClose} initialFocus={first ?? firstField}>
      <div className="overflow-y-auto px-4 pb-4 pt-1">{children}</div>
    </DialogShell>
  );
}
