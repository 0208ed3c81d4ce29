import { Dialog } from '@base-ui/react/dialog';
import type { ComponentProps, ReactNode } from 'react';
import { usePage } from '../page-context';
import { SheetHead } from './sheet-head';

const SIZES = {
  small: 'max-h-[calc(100vh-32px)] w-[min(480px,calc(100vw-16px))]',
  medium: 'max-h-[calc(100vh-32px)] w-[min(640px,calc(100vw-16px))]',
  /** In the middle of the popup, too. */
  wide: 'max-h-[calc(100vh-32px)] w-[min(760px,calc(100vw-16px))]',
  full: 'h-[min(760px,calc(100vh-32px))] w-[min(1120px,calc(100vw-16px))]',
};

function shapeOf(size: keyof typeof SIZES, isPopup: boolean): string {
  if (isPopup && size === 'full') return 'inset-0';
  if (isPopup && size !== 'wide') return 'inset-x-0 bottom-0 max-h-[calc(100vh-24px)] rounded-t-lg';
  return `left-1/2 top-1/2 -translate-x-1/2 -translate-y-1/2 rounded-lg ${SIZES[size]}`;
}

/**
 * Every dialog's frame: in the middle of a page, a sheet at the bottom of the popup or all of it. Escape, a click beside
 * it or the button in its head closes it.
 */
export function DialogShell({
  size,
  title,
  onClose,
  children,
  ...focus
}: Pick<ComponentProps<typeof Dialog.Popup>, 'initialFocus' | 'finalFocus'> & {
  size: keyof typeof SIZES;
  /** Absent where the children have a head of their own. */
  title?: string;
  onClose(): void;
  children: ReactNode;
}): ReactNode {
  const { page } = usePage();
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-10 bg-scrim" />
        <Dialog.Popup
          className={`fixed z-20 flex flex-col overflow-hidden bg-surface shadow-dialog outline-none ${shapeOf(size, page.isPopup)}`}
          {...focus}
        >
          {title !== undefined && <SheetHead title={title} />}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
