import type { ReactNode, RefObject } from 'react';
import { usePage } from '../page-context';
import { dialogShape } from './dialog-shape';
import { DialogShell } from './dialog-shell';
import { SheetHead } from './sheet-head';

const firstField = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('[role="dialog"] :is(input, select, textarea)');

/** A small dialog: a sheet at the bottom of the popup, in the middle of a page. */
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
  const { page } = usePage();
  return (
    <DialogShell
      shape={dialogShape(page.isPopup, false)}
      onClose={onClose}
      initialFocus={first ?? firstField}
    >
      <SheetHead title={title} />
      <div className="overflow-y-auto px-4 pb-4 pt-1">{children}</div>
    </DialogShell>
  );
}
