import { LoaderCircle, ToggleLeft, ToggleRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Channel } from '../../../core/channels/channel';
import { formatWhen } from '../../format';
import { IconButton } from '../../parts/button';
import { useTranslation } from '../../use-translation';
import type { Board } from '../use-board';
import { isBusy } from './buttons';
import { TWO_LINES } from './two-lines';

/** The switch with its state in words; below it why and when the site changed it, where it says so. */
export function State({ board, channel }: { board: Board; channel: Channel }): ReactNode {
  const { t, i18n } = useTranslation();
  const { may, work } = board;
  const { id, state, off } = channel;
  const turn = state === 'on' ? 'off' : 'on';
  const label = t(`channels.turn.${turn}`);
  const stopped = !may.write || isBusy(board);
  const Icon = work.running?.ids.has(id) ? LoaderCircle : state === 'on' ? ToggleRight : ToggleLeft;
  const why =
    off && [off.reason, off.at > 0 ? formatWhen(off.at, i18n.language) : ''].filter(Boolean).join(' · ');
  return (
    <div className="flex min-w-0 items-center gap-1">
      <IconButton
        label={may.write ? label : t('channels.denied', { action: label })}
        aria-disabled={stopped || undefined}
        onClick={stopped ? undefined : () => void work.start(turn, [channel])}
      >
        <Icon
          size={22}
          className={Icon === LoaderCircle ? 'spin' : state === 'on' ? 'text-accent' : ''}
          aria-hidden
        />
      </IconButton>
      <div className="min-w-0 text-xs">
        <div role="status" className={state === 'auto-off' ? 'text-warn' : 'text-ink-2'}>
          {t(state === 'auto-off' ? 'channels.autoOff' : `channels.state.${state}`)}
        </div>
        {why && (
          <div className="text-ink-3 [overflow-wrap:anywhere]" style={TWO_LINES} title={why}>
            {why}
          </div>
        )}
      </div>
    </div>
  );
}
