import { useState, type FormEvent, type ReactNode } from 'react';
import type { NewApiView } from '../../core/new-api/view';
import { channelSyncOf, ownRulesOf, withChannelSync, type ChannelSync } from '../../core/sync/channel-sync';
import type { SyncSettings } from '../../core/sync/run';
import { DialogFrame } from '../dialogs/dialog-frame';
import { FormFoot } from '../dialogs/form-foot';
import { usePage } from '../page-context';
import { SelectField } from '../parts/field';
import { useTranslation } from '../use-translation';
import { useSaveSync } from './use-skip';
import { rulesOf, typedWords, WordFields } from './word-fields';

const KINDS = ['site', 'own', 'skip'] as const satisfies readonly ChannelSync['kind'][];

/** How one channel is synced: by the rules of its site, by words of its own in their place, or not at all. */
export function ChannelSyncDialog({
  newApi,
  channel,
  onClose,
}: {
  newApi: NewApiView;
  channel: { id: number; name: string };
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { toast } = usePage();
  const save = useSaveSync(newApi.id);
  const { sync } = newApi;
  const [kind, setKind] = useState(() => channelSyncOf(sync, channel.id).kind);
  const [typed, setTyped] = useState(() => typedWords(ownRulesOf(sync, channel.id) ?? sync.rules));
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const chosen: ChannelSync = kind === 'own' ? { kind, rules: rulesOf(typed) } : { kind };
    const saved = await save(withChannelSync<SyncSettings>(sync, channel.id, chosen));
    setBusy(false);
    if (!saved) return;
    toast.plain(t('sync.one.saved', { name: channel.name }));
    onClose();
  };
  return (
    <DialogFrame title={t('sync.one.title', { name: channel.name })} onClose={onClose}>
      <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
        <SelectField<ChannelSync['kind']>
          label={t('sync.one.rules')}
          help={t(`sync.one.help.${kind}`)}
          value={kind}
          onChange={setKind}
          choices={KINDS.map((one) => [one, t(`sync.one.kind.${one}`)])}
        />
        {kind === 'own' && (
          <WordFields typed={typed} onChange={(change) => setTyped({ ...typed, ...change })} />
        )}
        <FormFoot submit={t('common.save')} busy={busy} />
      </form>
    </DialogFrame>
  );
}
