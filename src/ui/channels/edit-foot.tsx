import type { ReactNode } from 'react';
import { hostOf } from '../../core/base-url';
import type { Channel } from '../../core/channels/channel';
import { lostForGood, sendsKeyElsewhere, type ChannelAsked } from '../../core/channels/edit';
import type { FieldChange } from '../../core/channels/plan';
import type { Failure } from '../../core/failures/failure';
import { ChannelRows } from '../channel-import/rows';
import { FOOT_IN_SIGHT, FormFoot } from '../dialogs/form-foot';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { sentences } from '../say';
import { useTranslation } from '../use-translation';

interface Props {
  channel: Channel;
  asked: ChannelAsked;
  changes: readonly FieldChange[];
}

/** The foot of the editor, always in sight: what a save would write, whether it can be undone, and the buttons. */
export function EditFoot({
  site,
  busy,
  fit,
  failure,
  ...edited
}: Props & {
  /** The name of the site. */
  site: string;
  busy: boolean;
  /** It can be saved. */
  fit: boolean;
  failure: Failure | null;
}): ReactNode {
  const { t } = useTranslation();
  const { channel, asked, changes } = edited;
  const isFinal = lostForGood(channel, asked).length > 0;
  return (
    <div className={`flex flex-col gap-2 ${FOOT_IN_SIGHT}`}>
      {changes.length > 0 && <EditDiff {...edited} />}
      {failure && <FailureNote failure={failure} />}
      <FormFoot
        note={t(isFinal ? 'channels.final.all' : 'channels.undoable')}
        submit={t('channels.save', { count: changes.length, site })}
        busy={busy}
        disabled={!fit}
      />
    </div>
  );
}

/** What a save would write, and what of it nobody can put back. */
function EditDiff({ channel, asked, changes }: Props): ReactNode {
  const { t } = useTranslation();
  const lost = lostForGood(channel, asked);
  // It may be long, and has nothing in it that takes the focus: the keyboard could not scroll it.
  const focus = { tabIndex: 0 };
  return (
    <>
      <section
        aria-label={t('channels.willWrite')}
        className="overflow-y-auto"
        style={{ maxHeight: '20vh' }}
        {...focus}
      >
        <b className="text-xs">{t('channels.willWrite')}</b>
        <ChannelRows changes={changes} />
      </section>
      {sendsKeyElsewhere(channel.baseUrl, asked) && (
        <Note tone="warn">{t('channels.keyElsewhere', { host: hostOf(asked.fields.baseUrl ?? '') })}</Note>
      )}
      {lost.length > 0 && (
        <Note tone="warn">
          {sentences(
            t,
            lost.map((what) => t(`channels.final.${what}`)),
          )}
        </Note>
      )}
    </>
  );
}
