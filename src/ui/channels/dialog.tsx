import { Dialog } from '@base-ui/react/dialog';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Channel } from '../../core/channels/channel';
import type { Failure } from '../../core/failure';
import { DialogFrame } from '../dialogs/dialog-frame';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field } from '../parts/field';
import { TextLines } from '../parts/inputs';
import { changedFields, typedOf, wrongIn, type ChannelTyped } from './draft';
import { GroupField } from './group-field';
import type { Channels } from '../new-api/use-channels';
import type { NewApiView } from '../../core/new-api/view';

/** Changes fields of one channel; what is not touched here is not written. */
export function ChannelDialog({
  newApi,
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
  const [typed, setTyped] = useState(() => typedOf(channel));
  const edit = (change: Partial<ChannelTyped>): void => setTyped({ ...typed, ...change });
  const { busy, failure, save } = useSaving(newApi.id, channel, onChanged, onClose);
  const wrong = wrongIn(channel, typed);
  const changes = Object.keys(changedFields(channel, typed)).length;
  const fit = !Object.values(wrong).includes(true);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (fit && changes > 0) void save(typed);
  };
  const number = (field: 'priority' | 'weight'): ReactNode => (
    <Field
      className="flex-1"
      label={t(`channels.field.${field}`)}
      help={t(`channels.help.${field}`)}
      wrong={wrong[field] ? t('channels.wrong.number') : undefined}
      inputMode="numeric"
      value={typed[field]}
      onChange={({ target }) => edit({ [field]: target.value })}
    />
  );
  return (
    <DialogFrame title={t('channels.editTitle', { name: channel.name })} onClose={onClose}>
      <form className="flex flex-col gap-3" onSubmit={submit}>
        <Field
          label={t('channels.field.name')}
          wrong={wrong.name ? t('channels.wrong.name') : undefined}
          value={typed.name}
          onChange={({ target }) => edit({ name: target.value })}
        />
        <TextLines
          label={t('channels.field.models')}
          help={wrong.models ? t('channels.wrong.models') : t('channels.help.models')}
          rows={5}
          value={typed.models}
          onChange={(models) => edit({ models })}
        />
        {typed.mapping === null ? (
          <FailureNote tone="warn" failure={{ code: 'channel-mapping', name: channel.name }} />
        ) : (
          <TextLines
            label={t('channels.field.mapping')}
            help={wrong.mapping ? t('channels.wrong.mapping') : t('channels.help.mapping')}
            rows={3}
            value={typed.mapping}
            onChange={(mapping) => edit({ mapping })}
          />
        )}
        <GroupField newApiId={newApi.id} chosen={typed.groups} onChange={(groups) => edit({ groups })} />
        <div className="flex gap-3">
          {number('priority')}
          {number('weight')}
        </div>
        {failure && <FailureNote failure={failure} />}
        <div className="flex justify-end gap-2">
          <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
          <Button look="primary" type="submit" busy={busy} disabled={!fit || changes === 0}>
            {t('channels.save', { count: changes })}
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}

function useSaving(
  newApiId: string,
  channel: Channel,
  onChanged: Channels['put'],
  onDone: () => void,
): { busy: boolean; failure: Failure | null; save(typed: ChannelTyped): Promise<void> } {
  const { ask } = usePage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    busy,
    failure,
    async save(typed) {
      setBusy(true);
      const fields = changedFields(channel, typed);
      // The name is for sentences; the others are what a channel is compared with before it is written.
      const seen = Object.fromEntries(
        (['name', ...Object.keys(fields)] as (keyof typeof fields)[]).map((field) => [field, channel[field]]),
      );
      const edits = [{ channelId: channel.id, fields, seen }];
      const done = await ask('channels.edit', { newApiId, workId: crypto.randomUUID(), edits });
      setBusy(false);
      if (!done.ok) return setFailure(done.failure);
      onChanged(done.value);
      const [result] = done.value;
      if (result?.kind === 'failed') setFailure(result.failure);
      else onDone();
    },
  };
}
