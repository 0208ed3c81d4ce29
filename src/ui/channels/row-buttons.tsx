import { Pencil, Power, ShieldCheck, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Channel } from '../../core/channels/channel';
import { IconButton } from '../parts/button';
import type { WorkKind } from './use-channel-work';

/** What the account may do with channels; before a check nothing is held back, and the server has the last word. */
export interface May {
  write: boolean;
  remove: boolean;
}

export interface RowActions {
  may: May;
  /** Those that a work is under way for: one at a time. */
  under: ReadonlySet<number>;
  edit(channel: Channel): void;
  remove(channel: Channel): void;
  start(kind: WorkKind, channel: Channel): void;
}

/** What can be done with one channel; a button that does nothing says why. */
export function RowButtons({
  channel,
  actions: { may, under, edit, remove, start },
}: {
  channel: Channel;
  actions: RowActions;
}): ReactNode {
  const { t } = useTranslation();
  const turn = channel.state === 'on' ? 'off' : 'on';
  const button = (label: string, icon: ReactNode, allowed: boolean, act: () => void): ReactNode => {
    // With one alone its row tells; to grey all for a moment would be a flicker.
    const closed = !allowed || under.size > 1;
    return (
      <IconButton
        label={allowed ? label : t('channels.denied', { action: label })}
        aria-disabled={closed || undefined}
        onClick={closed ? undefined : act}
      >
        {icon}
      </IconButton>
    );
  };
  return (
    <span className="flex flex-none gap-0.5">
      {button(t(`channels.turn.${turn}`), <Power size={16} aria-hidden />, may.write, () =>
        start(turn, channel),
      )}
      {button(t('channels.testOne'), <ShieldCheck size={16} aria-hidden />, true, () =>
        start('test', channel),
      )}
      {button(t('channels.edit'), <Pencil size={16} aria-hidden />, may.write, () => edit(channel))}
      {button(t('channels.delete'), <Trash2 size={16} aria-hidden />, may.remove, () => remove(channel))}
    </span>
  );
}
