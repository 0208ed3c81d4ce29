import { Pencil, Power, ShieldCheck, Trash2, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Channel } from '../../core/channels/channel';
import { IconButton } from '../parts/button';
import { useTranslation } from '../use-translation';
import type { Board } from './use-board';

/** What can be done with one channel; a button that does nothing says why. */
export function RowButtons({
  board: { may, work, edit, askAbout },
  channel,
}: {
  board: Board;
  channel: Channel;
}): ReactNode {
  const { t } = useTranslation();
  const turn = channel.state === 'on' ? 'off' : 'on';
  // With one alone its row tells; to grey all for a moment would be a flicker.
  const busy = (work.running?.ids.size ?? 0) > 1;
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
      {button(t('channels.testOne'), ShieldCheck, true, () => void work.start('test', [channel]))}
      {button(t('channels.edit'), Pencil, may.write, () => edit(channel))}
      {button(t('channels.delete'), Trash2, may.remove, () =>
        askAbout({ kind: 'delete', channels: [channel] }),
      )}
    </span>
  );
}
