import { Trash2 } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useTranslation } from '../use-translation';
import type { Target } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { targetName } from '../handoff/target-name';
import { useSend } from '../handoff/use-send';
import { FerryIcon } from '../parts/icons';
import { itemsOf, menuKeys } from '../parts/list-keys';
import { TargetIcon } from '../handoff/target-icon';

/** Between the menu and its button, and between the menu and the edge of the window. */
const GAP = 4;

/**
 * What has no place on the card: the other targets, and forgetting a key entered by hand. The browser's own
 * popover puts the menu above everything that would cut it off, and closes it on a click elsewhere; Base UI's menu would
 * be 21 KB.
 */
export function MoreMenu({
  anchor,
  keyView,
  targets,
  onManage,
  onRemove,
  onClose,
}: {
  anchor: RefObject<HTMLElement | null>;
  keyView: KeyView;
  targets: readonly Target[];
  /** Absent: there is no CLIProxyAPI to manage it in. */
  onManage: (() => void) | undefined;
  onRemove: (() => void) | undefined;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const send = useSend();
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
      aria-label={t('handoff.moreOf', { name: keyView.name })}
      className="fixed m-0 max-h-[calc(100vh-16px)] min-w-48 overflow-y-auto rounded-md border border-line bg-surface p-1 text-ink shadow-pop"
      onToggle={(event) => event.newState === 'closed' && onClose()}
      onKeyDown={(event) => {
        // No key press reaches the card that the menu belongs to.
        event.stopPropagation();
        menuKeys(event, () => {
          onClose();
          anchor.current?.focus();
        });
      }}
    >
      {targets.map((target) => (
        <Item key={target.id} onChoose={() => choose(() => send(keyView, target.id))}>
          <span className="flex-none text-ink-2">
            <TargetIcon target={target} />
          </span>
          {targetName(t, target)}
        </Item>
      ))}
      {onManage && (
        <div className="mt-1 border-t border-line pt-1">
          <Item onChoose={() => choose(onManage)}>
            <FerryIcon size={16} className="flex-none text-ink-2" />
            {t('entry.manage')}
          </Item>
        </div>
      )}
      {onRemove && (
        <div className="mt-1 border-t border-line pt-1">
          <Item danger onChoose={() => choose(onRemove)}>
            <Trash2 size={16} aria-hidden />
            {t('card.remove')}
          </Item>
        </div>
      )}
    </div>
  );
}

function Item({
  danger,
  onChoose,
  children,
}: {
  danger?: boolean;
  onChoose(): void;
  children: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={`flex min-h-8 w-full items-center gap-2.5 rounded-sm px-2.5 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2 ${danger ? 'text-danger' : ''}`}
      onClick={onChoose}
    >
      {children}
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
