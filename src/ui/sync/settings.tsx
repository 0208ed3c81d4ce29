import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelsView } from '../../core/channels/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { SelectField } from '../parts/field';
import { useSaveSync, type Skip } from './use-skip';
import { rulesOf, typedWords, WordFields } from './word-fields';
import type { NewApiView } from '../../core/new-api/view';

const HOURS = [0, 1, 3, 6, 12, 24, 72, 168];

/** Which models may come in, and whether runs happen by themselves. */
export function SyncSettingsForm({
  newApi,
  view,
  skip,
  onRules,
}: {
  newApi: NewApiView;
  view: ChannelsView;
  skip: Skip;
  /** Opens the rules of one channel. */
  onRules(channelId: number): void;
}): ReactNode {
  const { t } = useTranslation();
  const { toast } = usePage();
  const { sync } = newApi;
  const save = useSaveSync(newApi.id);
  const [typed, setTyped] = useState({
    ...typedWords(sync.rules),
    everyHours: sync.everyHours,
    applyAdded: sync.applyAdded,
  });
  const edit = (change: Partial<typeof typed>): void => setTyped({ ...typed, ...change });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { everyHours, applyAdded } = typed;
    if (await save({ ...sync, everyHours, applyAdded, rules: rulesOf(typed) })) toast.plain(t('sync.saved'));
  };
  const { own = [] } = sync;
  const hours = [...new Set([...HOURS, sync.everyHours])].toSorted((a, b) => a - b);
  return (
    <form className="panel flex flex-col gap-3 p-4" onSubmit={(event) => void submit(event)}>
      <h2 className="text-md">{t('sync.settings')}</h2>
      <WordFields typed={typed} onChange={edit} />
      <SelectField
        label={t('sync.schedule')}
        value={String(typed.everyHours)}
        onChange={(value) => edit({ everyHours: Number(value) })}
        choices={hours.map((count) => [
          String(count),
          count === 0 ? t('sync.byHand') : t('sync.every', { count }),
        ])}
      />
      <label className="flex cursor-pointer items-start gap-2">
        <input
          type="checkbox"
          className="mt-0.5"
          disabled={typed.everyHours === 0}
          checked={typed.applyAdded}
          onChange={({ target }) => edit({ applyAdded: target.checked })}
        />
        <span>
          {t('sync.applyAdded')}
          <span className="block text-xs text-ink-3">{t('sync.applyAddedHelp')}</span>
        </span>
      </label>
      <Button type="submit" className="self-start">
        {t('common.save')}
      </Button>
      <Exceptions
        title={t('sync.skipped', { count: skip.ids.size })}
        ids={[...skip.ids]}
        view={view}
        action={t('sync.unskip')}
        onAct={skip.toggle}
      />
      <Exceptions
        title={t('sync.own', { count: own.length })}
        ids={own.map(({ channelId }) => channelId)}
        view={view}
        action={t('sync.one.open')}
        onAct={onRules}
      />
    </form>
  );
}

/** Channels that are not synced as the others are, each with what can be done about it. */
function Exceptions({
  title,
  ids,
  view,
  action,
  onAct,
}: {
  title: string;
  ids: readonly number[];
  view: ChannelsView;
  action: string;
  onAct(channelId: number): void;
}): ReactNode {
  const names = new Map(view.channels.map(({ id, name }) => [id, name]));
  if (ids.length === 0) return null;
  return (
    <div>
      <b className="text-xs">{title}</b>
      <ul className="max-h-40 overflow-y-auto">
        {ids.map((id) => (
          <li key={id} className="flex items-center gap-2">
            <span className="cut flex-1">{names.get(id) ?? `#${id}`}</span>
            <Button small look="link" onClick={() => onAct(id)}>
              {action}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
