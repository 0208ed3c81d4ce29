import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { SheetHead } from './sheet-head';

/** A dialog with room for a list, about many keys at once. What it does goes on when it is closed. */
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
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-10 bg-scrim" />
        <Dialog.Popup className="fixed left-1/2 top-1/2 z-20 flex max-h-[calc(100vh-32px)] w-[min(760px,calc(100vw-16px))] -translate-x-1/2 -translate-y-1/2 flex-col overflow-hidden rounded-lg bg-surface shadow-dialog outline-none">
          <SheetHead title={title} />
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
