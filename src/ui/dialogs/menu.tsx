import { useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { itemsOf, menuKeys } from '../parts/list-keys';

/** Between the menu and its button, and between the menu and the edge of the window. */
const GAP = 4;

/**
 * The menu of a button. The browser's own popover puts it above everything that would cut it off, and closes it on a click
 * elsewhere; Base UI's menu would be 21 KB. `children` makes the items from what closes the menu and then acts.
 */
export function Menu({
  anchor,
  label,
  onClose,
  children,
}: {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  onClose(): void;
  children(choose: (act: () => unknown) => void): ReactNode;
}): ReactNode {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (menu.current && anchor.current) openBeside(menu.current, anchor.current);
  }, [anchor]);
  useGoneWhenMoved(anchor, onClose);
  const choose = (act: () => unknown): void => {
    onClose();
    // What opens now returns the focus to the button when it closes; it may also take the focus itself.
    anchor.current?.focus();
    act();
  };
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className="fixed m-0 max-h-[calc(100vh-16px)] min-w-48 overflow-y-auto rounded-md border border-line bg-surface p-1 text-ink shadow-pop"
      onToggle={(event) => event.newState === 'closed' && onClose()}
      onKeyDown={(event) => {
        // No key press reaches what is around the button.
        event.stopPropagation();
        menuKeys(event, () => {
          onClose();
          anchor.current?.focus();
        });
      }}
    >
      {children(choose)}
    </div>
  );
}

export function MenuItem({
  danger,
  hotkey,
  disabled = false,
  onChoose,
  children,
}: {
  danger?: boolean | undefined;
  /** The key that does the same on the focused card. */
  hotkey?: string | undefined;
  /** It stays in the order of the keys, and does nothing. */
  disabled?: boolean;
  onChoose(): void;
  children: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={`flex min-h-8 w-full items-center gap-2.5 rounded-sm px-2.5 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2 ${danger ? 'text-danger' : ''}`}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onChoose}
    >
      {children}
      {hotkey && (
        <span className="kbd ml-auto text-ink-3" aria-hidden="true">
          {hotkey}
        </span>
      )}
    </button>
  );
}

/** Below its button and flush with its right edge; above it where there is no room. */
function openBeside(menu: HTMLElement, button: HTMLElement): void {
  menu.showPopover?.();
  const from = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + GAP;
  const fits = below + height + GAP <= window.innerHeight;
  menu.style.inset = 'auto';
  menu.style.left = `${Math.max(GAP, from.right - width)}px`;
  menu.style.top = `${Math.max(GAP, fits ? below : from.top - GAP - height)}px`;
  itemsOf(menu)[0]?.focus();
}

/** The menu does not scroll along, so it closes when its button moves. */
function useGoneWhenMoved(anchor: RefObject<HTMLElement | null>, onClose: () => void): void {
  useEffect(() => {
    const topOf = (): number => anchor.current?.getBoundingClientRect().top ?? 0;
    const top = topOf();
    const moved = (): void => {
      if (Math.abs(topOf() - top) > 1) onClose();
    };
    addEventListener('scroll', moved, true);
    addEventListener('resize', onClose);
    return () => {
      removeEventListener('scroll', moved, true);
      removeEventListener('resize', onClose);
    };
  }, [anchor, onClose]);
}
