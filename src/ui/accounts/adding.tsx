import { ClipboardPaste, KeyRound, Plus } from 'lucide-react';
import { Suspense, type ReactNode } from 'react';
import type { AccountView } from '../../core/view/view';
import { lazyNamed } from '../lazy-named';
import { Button } from '../parts/button';
import { useMenuButton } from '../dialogs/use-menu-button';
import { useTranslation } from '../use-translation';

const Menu = lazyNamed(() => import('../dialogs/menu'), 'Menu');
const MenuItem = lazyNamed(() => import('../dialogs/menu'), 'MenuItem');
const AddLayer = lazyNamed(() => import('./add-layer'), 'AddLayer');
const PasteLayer = lazyNamed(() => import('../paste/paste-layer'), 'PasteLayer');
const NewKeyDialog = lazyNamed(() => import('./new-key-dialog'), 'NewKeyDialog');

/** What can be added: one key, many at once, an account, the account of the page in the tab, or a key made at a relay. */
export type Adding = 'key' | 'paste' | 'account' | 'tab' | 'new';

export type KnownLogin = Pick<AccountView, 'siteUrl' | 'userId'>;

const BUTTONS = [
  ['key', KeyRound, 'popup.addKey'],
  ['paste', ClipboardPaste, 'popup.paste'],
  ['account', Plus, 'popup.addAccount'],
] as const;

/** A button for each thing that can be added. */
export function AddButtons({
  onAdd,
  primary,
  ...look
}: {
  onAdd(kind: Adding): void;
  /** The button that stands out. */
  primary?: Adding | undefined;
  small?: boolean;
  className?: string;
}): ReactNode {
  const { t } = useTranslation();
  return BUTTONS.map(([kind, Icon, text]) => (
    <Button key={kind} look={kind === primary ? 'primary' : 'default'} onClick={() => onAdd(kind)} {...look}>
      <Icon size={14} aria-hidden />
      {t(text)}
    </Button>
  ));
}

/** The same behind one button. */
export function AddMenu({ onAdd, small }: { onAdd(kind: Adding): void; small?: boolean }): ReactNode {
  const { t } = useTranslation();
  const { open, close, anchor, props } = useMenuButton();
  return (
    <>
      <Button small={small} {...props}>
        <Plus size={14} aria-hidden />
        {t('popup.add')}
      </Button>
      <Suspense>
        {open && (
          <Menu anchor={anchor} label={t('popup.add')} onClose={close}>
            {(choose) =>
              BUTTONS.map(([kind, Icon, text]) => (
                <MenuItem key={kind} onChoose={() => choose(() => onAdd(kind))}>
                  <Icon size={16} className="flex-none text-ink-2" aria-hidden />
                  {t(text)}
                </MenuItem>
              ))
            }
          </Menu>
        )}
      </Suspense>
    </>
  );
}

/** The dialog in which something is added; none while `adding` is null. */
export function AddingLayer({
  adding,
  accounts = [],
  login,
  onClose,
}: {
  adding: Adding | null;
  /** Where a key can be made. */
  accounts?: readonly AccountView[];
  /** An account whose login is to be renewed. */
  login?: KnownLogin;
  onClose(): void;
}): ReactNode {
  return (
    <Suspense>
      {adding === 'new' && <NewKeyDialog accounts={accounts} onClose={onClose} />}
      {adding === 'paste' && <PasteLayer onClose={onClose} />}
      {(adding === 'key' || adding === 'account' || adding === 'tab') && (
        <AddLayer kind={adding} onClose={onClose} {...(login && { login })} />
      )}
    </Suspense>
  );
}
