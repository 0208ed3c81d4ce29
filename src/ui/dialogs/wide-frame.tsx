import type { ReactNode } from 'react';
import { DialogShell } from './dialog-shell';
import { SheetHead } from './sheet-head';

/** A dialog about many keys, with room for a list. Its work goes on when it is closed. */
export function WideFrame({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose(): void;
  children: ReactNode;
}): ReactNode {
  return (
    <DialogShell
      shape="left-1/2 top-1/2 max-h-[calc(100vh-32px)] w-[min(760px,calc(100vw-16px))] -translate-x-1/2 -translate-y-1/2 rounded-lg"
      onClose={onClose}
    >
      <SheetHead title={title} />
      {children}
    </DialogShell>
  );
}
