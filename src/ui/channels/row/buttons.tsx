import { Copy, Ellipsis, Play, RefreshCw, Tag, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Channel } from '../../../core/channels/channel';
import { Menu, MenuItem } from '../../dialogs/menu';
import { useMenuButton } from '../../dialogs/use-menu-button';
import { Button, IconButton } from '../../parts/button';
import { useTranslation } from '../../use-translation';
import type { Board } from '../use-board';

interface Props {
  board: Board;
  channel: Channel;
  /** There is room for all; else Test stands in the menu. */
  roomy: boolean;
}

/** What can be done with one channel; a button that does nothing says why. What cannot be undone is under More. */
export function RowButtons({ board, channel, roomy }: Props): ReactNode {
  const { t } = useTranslation();
  const { may, work, open } = board;
  const busy = isBusy(board);
  const button = (text: string, name: string, allowed: boolean, act: () => void): ReactNode => {
    const label = allowed ? name : t('channels.denied', { action: name });
    return (
      <Button
        small
        look="quiet"
        aria-label={label}
        title={label === text ? undefined : label}
        aria-disabled={!allowed || busy || undefined}
        onClick={allowed && !busy ? act : undefined}
      >
        {text}
      </Button>
    );
  };
  return (
    <span className="flex flex-none">
      {roomy &&
        button(t('channels.test'), t('channels.testOne'), true, () => void work.start('test', [channel]))}
      {button(t('channels.edit'), t('channels.edit'), may.write, () => open('edit', channel))}
      <MoreButton board={board} channel={channel} roomy={roomy} />
    </span>
  );
}

/** With one channel alone its row tells; to grey all for a moment would be a flicker. */
export const isBusy = ({ work }: Board): boolean => (work.running?.ids.size ?? 0) > 1;

function MoreButton({ board, channel, roomy }: Props): ReactNode {
  const { t } = useTranslation();
  const menu = useMenuButton();
  const { may, work, open, askAbout } = board;
  const { tag } = channel;
  const busy = isBusy(board);
  return (
    <>
      <IconButton label={t('handoff.more')} {...menu.props}>
        <Ellipsis size={16} aria-hidden />
      </IconButton>
      {menu.open && (
        <Menu anchor={menu.anchor} label={t('handoff.moreOf', { name: channel.name })} onClose={menu.close}>
          {(choose) => (
            <>
              {!roomy && (
                <MenuItem disabled={busy} onChoose={() => choose(() => void work.start('test', [channel]))}>
                  <Play size={16} aria-hidden />
                  {t('channels.testOne')}
                </MenuItem>
              )}
              <MenuItem disabled={!may.remove || busy} onChoose={() => choose(() => open('copy', channel))}>
                <Copy size={16} aria-hidden />
                {may.remove
                  ? t('channels.copy.menu')
                  : t('channels.denied', { action: t('channels.copy.submit') })}
              </MenuItem>
              <MenuItem onChoose={() => choose(() => open('sync', channel))}>
                <RefreshCw size={16} aria-hidden />
                {t('sync.one.menu')}
              </MenuItem>
              {tag && may.write && (
                <MenuItem disabled={busy} onChoose={() => choose(() => askAbout({ kind: 'tag', tag }))}>
                  <Tag size={16} aria-hidden />
                  {t('channels.tag.ofRow', { name: tag })}
                </MenuItem>
              )}
              <MenuItem
                danger
                disabled={!may.remove || busy}
                onChoose={() => choose(() => askAbout({ kind: 'delete', channels: [channel] }))}
              >
                <Trash2 size={16} aria-hidden />
                {may.remove
                  ? t('channels.deleteOne')
                  : t('channels.denied', { action: t('channels.delete') })}
              </MenuItem>
            </>
          )}
        </Menu>
      )}
    </>
  );
}
