import { Link2, Pencil, RefreshCw, Stethoscope, Trash2 } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '../use-translation';
import { apiRoot } from '../../core/handoff/handoff';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { FerryIcon } from '../parts/icons';
import { Menu, MenuItem } from '../dialogs/menu';

interface MoreMenuProps {
  anchor: RefObject<HTMLElement | null>;
  keyView: KeyView;
  onEdit(): void;
  /** Absent: it is in no CLIProxyAPI that could be managed. */
  onManage: (() => void) | undefined;
  onRemove: (() => void) | undefined;
  onClose(): void;
}

/** What has no place on the card: what is done with the key itself, at its relay, in CLIProxyAPI and in KeyFerry. */
export function MoreMenu({ anchor, keyView, onEdit, onManage, onRemove, onClose }: MoreMenuProps): ReactNode {
  const { t } = useTranslation();
  const { page, order, toast } = usePage();
  const testKey = useTestKey(keyView);
  const { accountId, address } = keyView;
  const copyAddress = async (): Promise<void> => {
    await page.copyText(apiRoot(address));
    toast.plain(t('common.copied'));
  };
  const items = [
    ['edit', Pencil, onEdit],
    ['copyBaseUrl', Link2, copyAddress],
    ['test', Stethoscope, testKey],
    ...(accountId === null
      ? []
      : [['refresh', RefreshCw, () => order('account.refresh', { accountId })] as const]),
    ...(onManage ? [['manage', FerryIcon, onManage] as const] : []),
  ] as const;
  return (
    <Menu anchor={anchor} label={t('handoff.moreOf', { name: keyView.name })} onClose={onClose}>
      {(choose) => (
        <>
          {items.map(([name, Icon, act]) => (
            <MenuItem key={name} onChoose={() => choose(act)}>
              <Icon size={16} className="flex-none text-ink-2" aria-hidden />
              {t(name === 'manage' ? 'entry.manage' : `card.menu.${name}`)}
            </MenuItem>
          ))}
          {onRemove && (
            <MenuItem danger onChoose={() => choose(onRemove)}>
              <Trash2 size={16} aria-hidden />
              {t('card.remove')}
            </MenuItem>
          )}
        </>
      )}
    </Menu>
  );
}

/** Asks the relay for its models with the key, and says how that went. */
function useTestKey({ id, name }: KeyView): () => Promise<void> {
  const { t } = useTranslation();
  const { ask, toast } = usePage();
  return async () => {
    const models = await ask('key.models', { keyId: id });
    if (models.ok) toast.plain(t('card.tested', { name, count: models.value.length }));
    else toast.failure(name, models.failure);
  };
}
