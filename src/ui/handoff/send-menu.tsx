import type { ReactNode, RefObject } from 'react';
import type { Target } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { Menu, MenuItem } from '../dialogs/menu';
import { TargetIcon } from './target-icon';
import { targetAction } from './target-name';
import { useSend } from './use-send';
import { useTranslation } from '../use-translation';
import { hotkeyOf } from '../hotkeys';

/** Where a key can go besides CLIProxyAPI, as far as it has no icon of its own on the card. */
export function SendMenu({
  anchor,
  keyView,
  targets,
  onClose,
}: {
  anchor: RefObject<HTMLElement | null>;
  keyView: KeyView;
  targets: readonly Target[];
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const send = useSend();
  return (
    <Menu anchor={anchor} label={t('handoff.sendOf', { name: keyView.name })} onClose={onClose}>
      {(choose) =>
        targets.map((target) => (
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
        ))
      }
    </Menu>
  );
}
