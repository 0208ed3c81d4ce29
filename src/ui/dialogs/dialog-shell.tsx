import { Dialog } from '@base-ui/react/dialog';
import type { ComponentProps, ReactNode } from 'react';

/** Every dialog's frame: above the page, closed by Escape, a click beside it or the button in its head. */
export function DialogShell({
  shape,
  onClose,
  children,
  ...focus
}: Pick<ComponentProps<typeof Dialog.Popup>, 'initialFocus' | 'finalFocus'> & {
  /** Classes for place and size, as from `dialogShape`. */
  shape: string;
  onClose(): void;
  children: ReactNode;
}): ReactNode {
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-10 bg-scrim" />
        <Dialog.Popup
          className={`fixed z-20 flex flex-col overflow-hidden bg-surface shadow-dialog outline-none ${shape}`}
          {...focus}
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
