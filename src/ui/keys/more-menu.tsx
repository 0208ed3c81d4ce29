import { Trash2 } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '../use-translation';
import type { Target } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { targetName } from '../handoff/target-name';
import { useSend } from '../handoff/use-send';
import { FerryIcon } from '../parts/icons';
import { Menu, MenuItem } from '../dialogs/menu';
import { TargetIcon } from '../handoff/target-icon';

/**
 * What has no place on the card: the other targets, its entry in CLIProxyAPI, and forgetting a key entered by hand.
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
  return (
    <Menu anchor={anchor} label={t('handoff.moreOf', { name: keyView.name })} onClose={onClose}>
      {(choose) => (
        <>
          {targets.map((target) => (
            <MenuItem key={target.id} onChoose={() => choose(() => send(keyView, target.id))}>
              <span className="flex-none text-ink-2">
                <TargetIcon target={target} />
              </span>
              {targetName(t, target)}
            </MenuItem>
          ))}
          {onManage && (
            <div className="mt-1 border-t border-line pt-1">
              <MenuItem onChoose={() => choose(onManage)}>
                <FerryIcon size={16} className="flex-none text-ink-2" />
                {t('entry.manage')}
              </MenuItem>
            </div>
          )}
          {onRemove && (
            <div className="mt-1 border-t border-line pt-1">
              <MenuItem danger onChoose={() => choose(onRemove)}>
                <Trash2 size={16} aria-hidden />
                {t('card.remove')}
              </MenuItem>
            </div>
          )}
        </>
      )}
    </Menu>
  );
}
