import { useState, type ReactNode } from 'react';
import type { Channel } from '../../../core/channels/channel';
import { Confirm } from '../../parts/confirm';
import { useTranslation } from '../../use-translation';
import type { Board } from '../use-board';
import { named } from './named';

/**
 * Asks before all that are off are deleted. One that the site switched off is often only out of balance, and nobody chose
 * that: such channels stay unless they are ticked.
 */
export function DeleteOffQuestion({
  board: { newApi, work },
  channels,
  onEnd,
}: {
  board: Board;
  channels: readonly Channel[];
  onEnd(back: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const bySite = channels.filter(({ state }) => state === 'auto-off');
  const byHand = channels.filter(({ state }) => state !== 'auto-off');
  const chosen = all ? channels : byHand;
  return (
    <Confirm
      title={t('channels.off.title', { host: newApi.host })}
      text={t('channels.off.text')}
      action={t('channels.deleteMany', { count: chosen.length })}
      disabled={chosen.length === 0}
      onConfirm={() => {
        onEnd(false);
        void work.start('delete', chosen);
      }}
      onCancel={() => onEnd(true)}
    >
      <ul className="[overflow-wrap:anywhere]">
        <li>{t(byHand.length > 0 ? 'channels.off.byHand' : 'channels.off.noneByHand', named(t, byHand))}</li>
        {bySite.length > 0 && (
          <li>
            {t('channels.off.bySite', named(t, bySite))}
            <label className="flex min-h-7 cursor-pointer items-center gap-2">
              <input type="checkbox" checked={all} onChange={({ target }) => setAll(target.checked)} />
              {t('channels.off.withSite', { count: bySite.length })}
            </label>
          </li>
        )}
      </ul>
    </Confirm>
  );
}
