import { useState, type FormEvent, type ReactNode } from 'react';
import type { Channel } from '../../core/channels/channel';
import { fail } from '../../core/failures/result';
import type { NewApiView } from '../../core/new-api/view';
import { DialogFrame } from '../dialogs/dialog-frame';
import { FormFoot } from '../dialogs/form-foot';
import type { Channels } from '../new-api/use-channels';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { Field } from '../parts/field';
import { TextLines } from '../parts/inputs';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';
import { changedFields, typedOf, wrongIn, type ChannelTyped } from './draft';
import { GroupField } from './group-field';

/** Changes fields of one channel; what is not touched here is not written. */
export function ChannelDialog({
  newApi: { id: newApiId },
  channel,
  onChanged,
  onClose,
}: {
  newApi: NewApiView;
  channel: Channel;
  onChanged: Channels['put'];
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const [typed, setTyped] = useState(() => typedOf(channel));
  const { busy, failure, run } = useRequest();
  const edit = (change: Partial<ChannelTyped>): void => setTyped({ ...typed, ...change });
  const wrong = wrongIn(channel, typed);
  const fields = changedFields(channel, typed);
  const changes = Object.keys(fields).length;
  const fit = !Object.values(wrong).includes(true) && changes > 0;
  const save = async (): Promise<void> => {
    const saved = await run(async () => {
      // The name is for sentences; the others are what a channel is compared with before it is written.
      const names = ['name', ...Object.keys(fields)] as (keyof typeof fields)[];
      const seen = Object.fromEntries(names.map((name) => [name, channel[name]]));
      const edits = [{ channelId: channel.id, fields, seen }];
      const done = await ask('channels.edit', { newApiId, workId: crypto.randomUUID(), edits });
      if (!done.ok) return done;
      onChanged(done.value);
      const [result] = done.value;
      return result?.kind === 'failed' ? fail(result.failure) : done;
    });
    if (saved.ok) onClose();
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
      <form className="flex flex-col gap-3" onSubmit={submit}>
        {text('name')}
        {lines('models', 5, typed.models)}
        {typed.mapping === null ? (
          <FailureNote tone="warn" failure={{ code: 'channel-mapping', name: channel.name }} />
        ) : (
          lines('mapping', 3, typed.mapping)
        )}
        <GroupField newApiId={newApiId} chosen={typed.groups} onChange={(groups) => edit({ groups })} />
        <div className="flex gap-3">
          {text('priority')}
          {text('weight')}
        </div>
        {failure && <FailureNote failure={failure} />}
        <FormFoot submit={t('channels.save', { count: changes })} busy={busy} disabled={!fit} />
      </form>
    </DialogFrame>
  );
}
