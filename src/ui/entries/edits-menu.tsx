import type { ReactNode, RefObject } from 'react';
import { Menu, MenuItem } from '../dialogs/menu';
import { useTranslation } from '../use-translation';
import { usePlace } from '../use-view';
import { EDITS, type EditName } from './edits-order';

/** What can be done in CLIProxyAPI with all that is selected. */
export function EditsMenu({
  anchor,
  onChoose,
  onClose,
}: {
  anchor: RefObject<HTMLElement | null>;
  onChoose(name: EditName): void;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const place = usePlace();
  return (
    <Menu anchor={anchor} label={t('edits.change', { place })} onClose={onClose}>
      {(choose) =>
        EDITS.map((name) => (
          <MenuItem key={name} danger={name === 'remove'} onChoose={() => choose(() => onChoose(name))}>
            {t(`edits.do.${name}`)}
          </MenuItem>
        ))
      }
    </Menu>
  );
}
