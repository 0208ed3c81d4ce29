import { Ellipsis, Pencil, Play, Power, Trash2, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Channel } from '../../core/channels/channel';
import { Menu, MenuItem } from '../dialogs/menu';
import { useMenuButton } from '../dialogs/use-menu-button';
import { IconButton } from '../parts/button';
import { useTranslation } from '../use-translation';
import type { Board } from './use-board';

interface Props {
  board: Board;
  channel: Channel;
}

/** What can be done with one channel; a button that does nothing says why. What cannot be undone is under More. */
export function RowButtons({ board, channel }: Props): ReactNode {
  const { t } = useTranslation();
  const { may, work, edit } = board;
  const turn = channel.state === 'on' ? 'off' : 'on';
  const busy = isBusy(board);
  const button = (label: string, Icon: LucideIcon, allowed: boolean, act: () => void): ReactNode => (
    <IconButton
      label={allowed ? label : t('channels.denied', { action: label })}
      aria-disabled={!allowed || busy || undefined}
      onClick={allowed && !busy ? act : undefined}
    >
      <Icon size={16} aria-hidden />
    </IconButton>
  );
  return (
    <span className="flex flex-none gap-0.5">
      {button(t(`channels.turn.${turn}`), Power, may.write, () => void work.start(turn, [channel]))}
      {button(t('channels.testOne'), Play, true, () => void work.start('test', [channel]))}
      {button(t('channels.edit'), Pencil, may.write, () => edit(channel))}
      <MoreButton board={board} channel={channel} />
    </span>
  );
}

/** With one channel alone its row tells; to grey all for a moment would be a flicker. */
const isBusy = ({ work }: Board): boolean => (work.running?.ids.size ?? 0) > 1;

function MoreButton({ board, channel }: Props): ReactNode {
  const { t } = useTranslation();
  const { open, close, anchor, props } = useMenuButton();
  const { may, askAbout } = board;
  const allowed = may.remove && !isBusy(board);
  return (
    <>
      <IconButton label={t('handoff.more')} {...props}>
        <Ellipsis size={16} aria-hidden />
      </IconButton>
      {open && (
        <Menu anchor={anchor} label={t('handoff.moreOf', { name: channel.name })} onClose={close}>
          {(choose) => (
            <MenuItem
              danger
              disabled={!allowed}
              onChoose={() => choose(() => askAbout({ kind: 'delete', channels: [channel] }))}
            >
              <Trash2 size={16} aria-hidden />
              {may.remove ? t('channels.deleteOne') : t('channels.denied', { action: t('channels.delete') })}
            </MenuItem>
          )}
        </Menu>
      )}
    </>
  );
}
