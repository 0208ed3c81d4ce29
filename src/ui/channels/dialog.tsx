import { useState, type FormEvent, type ReactNode } from 'react';
import { hostOf } from '../../core/base-url';
import { seenOf } from '../../core/channels/batch-edit';
import type { Channel } from '../../core/channels/channel';
import { formatOfType } from '../../core/channels/desired-channel';
import { editChanges, lostForGood } from '../../core/channels/edit';
import { typeName } from '../../core/channels/type-names';
import type { ChannelsView } from '../../core/channels/view';
import { fail } from '../../core/failures/result';
import { foreignText } from '../../core/foreign-text';
import type { NewApiView } from '../../core/new-api/view';
import { DialogFrame } from '../dialogs/dialog-frame';
import { ABOVE_FOOT } from '../dialogs/form-foot';
import type { Channels } from '../new-api/use-channels';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { Field } from '../parts/field';
import { TextLines } from '../parts/inputs';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';
import { askedFor, typedOf, wrongIn, type ChannelPlace, type ChannelTyped } from './draft';
import { EditFoot } from './edit-foot';
import { GroupField } from './group-field';
import { MoreFields } from './more-fields';
import { Upstream } from './upstream';
import type { ChannelWork } from './use-channel-work';

interface Props {
  newApi: NewApiView;
  site: ChannelsView['site'];
  channel: Channel;
  onChanged: Channels['put'];
  offerUndo: ChannelWork['offerUndo'];
  onClose(): void;
}

/** Changes fields of one channel; what is not touched here is not written. The diff and the buttons stay in sight. */
export function ChannelDialog({ newApi, site, channel, onChanged, offerUndo, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const place = { gemini: site.gemini, siteUrl: newApi.siteUrl };
  const [typed, setTyped] = useState(() => typedOf(channel, place));
  const { busy, failure, run } = useRequest();
  const edit = (change: Partial<ChannelTyped>): void => setTyped({ ...typed, ...change });
  const wrong = wrongIn(channel, typed, place);
  const asked = askedFor(channel, typed, place);
  const changes = editChanges(channel, asked);
  const fit = !Object.values(wrong).includes(true) && changes.length > 0;
  const save = async (): Promise<void> => {
    const workId = crypto.randomUUID();
    const saved = await run(async () => {
      const done = await ask('channels.edit', {
        newApiId: newApi.id,
        workId,
        edits: [{ channelId: channel.id, ...asked, seen: seenOf(channel, asked.fields) }],
      });
      if (!done.ok) return done;
      onChanged(done.value);
      const [result] = done.value;
      return result?.kind === 'failed' ? fail(result.failure) : done;
    });
    if (!saved.ok) return;
    onClose();
    if (lostForGood(channel, asked).length === 0)
      offerUndo(t('channels.changed.edit', { name: channel.name }), workId);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (fit) void save();
  };
  const text = (field: 'name' | 'priority' | 'weight'): ReactNode => (
    <Field
      className="flex-1"
      label={t(`channels.field.${field}`)}
      help={field === 'name' ? undefined : t(`channels.help.${field}`)}
      wrong={wrong[field] ? t(`channels.wrong.${field === 'name' ? field : 'number'}`) : undefined}
      inputMode={field === 'name' ? 'text' : 'numeric'}
      value={typed[field]}
      onChange={({ target }) => edit({ [field]: target.value })}
    />
  );
  const lines = (field: 'models' | 'mapping', rows: number, value: string): ReactNode => (
    <TextLines
      label={t(`channels.field.${field}`)}
      help={t(`channels.${wrong[field] ? 'wrong' : 'help'}.${field}`)}
      rows={rows}
      value={value}
      onChange={(changed) => edit({ [field]: changed })}
    />
  );
  return (
    <DialogFrame title={t('channels.editTitle', { name: channel.name })} onClose={onClose}>
      <form className={`flex flex-col gap-3 ${ABOVE_FOOT}`} onSubmit={submit}>
        <Facts channel={channel} place={place} family={newApi.family} />
        {text('name')}
        {lines('models', 5, typed.models)}
        <Upstream {...{ newApi, site, channel, typed, edit }} />
        {typed.mapping === null ? (
          <FailureNote tone="warn" failure={{ code: 'channel-mapping', name: channel.name }} />
        ) : (
          lines('mapping', 3, typed.mapping)
        )}
        <GroupField newApiId={newApi.id} chosen={typed.groups} onChange={(groups) => edit({ groups })} />
        <div className="flex gap-3">
          {text('priority')}
          {text('weight')}
        </div>
        <MoreFields {...{ channel, typed, edit, wrong, place, site }} />
        <EditFoot {...{ channel, asked, changes, busy, fit, failure }} site={newApi.name} />
      </form>
    </DialogFrame>
  );
}

/** What the channel is, before anything of it is touched. */
function Facts({
  channel,
  place,
  family,
}: {
  channel: Channel;
  place: ChannelPlace;
  family: NewApiView['family'];
}): ReactNode {
  const { t } = useTranslation();
  const { type, baseUrl, balance, state } = channel;
  const format = formatOfType(type, place.gemini);
  const facts = [
    t(`channels.state.${state}`),
    format
      ? t('channels.speaks', { format: t(`channels.format.${format}`) })
      : (typeName(type, family) ?? t('channels.typeNo', { type })),
    hostOf(baseUrl),
    balance ? t('channels.balance', { amount: balance.amount }) : '',
  ];
  return (
    <p className="text-ink-2 [overflow-wrap:anywhere]">
      {facts.filter(Boolean).map(foreignText).join(' · ')}
    </p>
  );
}
