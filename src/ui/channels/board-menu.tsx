import { Ellipsis, Tag, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, MenuItem } from '../dialogs/menu';
import { useMenuButton } from '../dialogs/use-menu-button';
import { Button } from '../parts/button';
import { useTranslation } from '../use-translation';
import { tagsOfChannels } from './filter';
import type { Board } from './use-board';

/** What concerns many channels, whatever the filter shows: apart from the filter, so that it is not taken for one. */
export function BoardMenu({ board: { view, may, askAbout } }: { board: Board }): ReactNode {
  const { t } = useTranslation();
  const { open, close, anchor, props } = useMenuButton();
  const off = may.remove ? view.channels.filter(({ state }) => state !== 'on') : [];
  const [tag] = may.write ? tagsOfChannels(view.channels) : [];
  if (off.length === 0 && tag === undefined) return null;
  return (
    <>
      <Button small look="quiet" className="ml-auto" {...props}>
        {t('handoff.more')}
        <Ellipsis size={14} aria-hidden />
      </Button>
      {open && (
        <Menu anchor={anchor} label={t('channels.moreOfAll')} onClose={close}>
          {(choose) => (
            <>
              {tag !== undefined && (
                <MenuItem onChoose={() => choose(() => askAbout({ kind: 'tag', tag }))}>
                  <Tag size={16} aria-hidden />
                  {t('channels.tag.menu')}
                </MenuItem>
              )}
              {off.length > 0 && (
                <MenuItem
                  danger
                  onChoose={() => choose(() => askAbout({ kind: 'delete-off', channels: off }))}
                >
                  <Trash2 size={16} aria-hidden />
                  {t('channels.off.menu')}
                </MenuItem>
              )}
            </>
          )}
        </Menu>
      )}
    </>
  );
}
