import { Link2, Pencil, RefreshCw, Stethoscope, Trash2 } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '../use-translation';
import { apiRoot } from '../../core/handoff/handoff';
import type { Target } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { targetAction } from '../handoff/target-name';
import { useSend } from '../handoff/use-send';
import { usePage } from '../page-context';
import { FerryIcon } from '../parts/icons';
import { Menu, MenuItem } from '../dialogs/menu';
import { TargetIcon } from '../handoff/target-icon';
import { hotkeyOf } from './hotkeys';

interface MoreMenuProps {
  anchor: RefObject<HTMLElement | null>;
  keyView: KeyView;
  targets: readonly Target[];
  onEdit(): void;
  /** Absent: it is in no CLIProxyAPI that could be managed. */
  onManage: (() => void) | undefined;
  onRemove: (() => void) | undefined;
  onClose(): void;
}

type Choose = (act: () => unknown) => void;

/** What has no place on the card: the other targets, and what can be done with the key itself. */
export function MoreMenu({ anchor, targets, onClose, ...rest }: MoreMenuProps): ReactNode {
  const { t } = useTranslation();
  const { keyView } = rest;
  const send = useSend();
  return (
    <Menu anchor={anchor} label={t('handoff.moreOf', { name: keyView.name })} onClose={onClose}>
      {(choose) => (
        <>
          <div role="group" aria-label={t('handoff.heading')}>
            <div className="px-2.5 py-1 text-xs font-semibold text-ink-3" aria-hidden="true">
              {t('handoff.heading')}
            </div>
            {targets.map((target) => (
              <MenuItem
                key={target.id}
                hotkey={hotkeyOf(target.id)}
                onChoose={() => choose(() => send(keyView, target.id))}
              >
                <span className="flex-none text-ink-2">
                  <TargetIcon named target={target} />
                </span>
                {targetAction(t, target)}
              </MenuItem>
            ))}
          </div>
          <OwnItems choose={choose} {...rest} />
        </>
      )}
    </Menu>
  );
}

/** What is done with the key itself: at its relay, in CLIProxyAPI and in KeyFerry. */
function OwnItems({
  choose,
  keyView,
  onEdit,
  onManage,
  onRemove,
}: Omit<MoreMenuProps, 'anchor' | 'targets' | 'onClose'> & { choose: Choose }): ReactNode {
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
    <div className="mt-1 border-t border-line pt-1">
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
    </div>
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
