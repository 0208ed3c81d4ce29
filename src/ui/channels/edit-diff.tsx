import type { ReactNode } from 'react';
import { hostOf } from '../../core/base-url';
import type { Channel } from '../../core/channels/channel';
import { lostForGood, sendsKeyElsewhere, type ChannelAsked } from '../../core/channels/edit';
import type { FieldChange } from '../../core/channels/plan';
import { ChannelRows } from '../channel-import/rows';
import { Note } from '../parts/note';
import { useTranslation } from '../use-translation';

/** What a save would write, and what of it nobody can put back. */
export function EditDiff({
  channel,
  asked,
  changes,
}: {
  channel: Channel;
  asked: ChannelAsked;
  changes: readonly FieldChange[];
}): ReactNode {
  const { t } = useTranslation();
  const lost = lostForGood(channel, asked);
  if (changes.length === 0) return null;
  return (
    <>
      <section
        aria-label={t('channels.willWrite')}
        // It may be long, and scrolls by keys too.
        tabIndex={0}
        className="max-h-[20vh] overflow-y-auto"
      >
        <b className="text-xs">{t('channels.willWrite')}</b>
        <ChannelRows changes={changes} />
      </section>
      {sendsKeyElsewhere(channel.baseUrl, asked) && (
        <Note tone="warn">{t('channels.keyElsewhere', { host: hostOf(asked.fields.baseUrl ?? '') })}</Note>
      )}
      {lost.length > 0 && (
        <Note tone="warn">{lost.map((what) => t(`channels.final.${what}`)).join(' ')}</Note>
      )}
    </>
  );
}
