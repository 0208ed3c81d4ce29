import { useRef, useState, type ButtonHTMLAttributes, type RefObject } from 'react';

interface MenuButton {
  open: boolean;
  close(): void;
  anchor: RefObject<HTMLButtonElement | null>;
  /** Of the button. */
  props: ButtonHTMLAttributes<HTMLButtonElement> & { ref: RefObject<HTMLButtonElement | null> };
}

/** A button that opens a menu and closes it. */
export function useMenuButton(): MenuButton {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  // Pressing anywhere closes the menu, here too: the click that follows must not open it again.
  const pressedOpen = useRef(false);
  return {
    open,
    close: () => setOpen(false),
    anchor,
    props: {
      ref: anchor,
      'aria-haspopup': 'menu',
      'aria-expanded': open,
      onPointerDown() {
        pressedOpen.current = open;
      },
      onClick() {
        setOpen(!pressedOpen.current);
        pressedOpen.current = false;
      },
    },
  };
}
