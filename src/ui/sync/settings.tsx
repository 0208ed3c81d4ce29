import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelsView } from '../../core/channels/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Field, SelectField } from '../parts/field';
import { useSaveSync, type Skip } from './use-skip';
import type { NewApiView } from '../../core/new-api/view';

const HOURS = [0, 1, 3, 6, 12, 24, 72, 168];

/** Which models may come in, and whether runs happen by themselves. */
export function SyncSettingsForm({
  newApi,
  view,
  skip,
}: {
  newApi: NewApiView;
  view: ChannelsView;
  skip: Skip;
}): ReactNode {
  const { t } = useTranslation();
  const { toast } = usePage();
  const { sync } = newApi;
  const save = useSaveSync(newApi.id);
  const [typed, setTyped] = useState({
    include: sync.rules.include.join(', '),
    exclude: sync.rules.exclude.join(', '),
    everyHours: sync.everyHours,
    applyAdded: sync.applyAdded,
  });
  const edit = (change: Partial<typeof typed>): void => setTyped({ ...typed, ...change });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { include, exclude, ...schedule } = typed;
    const rules = { include: wordsOf(include), exclude: wordsOf(exclude) };
    if (await save({ ...sync, ...schedule, rules })) toast.plain(t('sync.saved'));
  };
  const words = (field: 'include' | 'exclude', placeholder: string): ReactNode => (
    <Field
      label={t(`sync.${field}`)}
      help={t(`sync.${field}Help`)}
      placeholder={placeholder}
      value={typed[field]}
      onChange={({ target }) => edit({ [field]: target.value })}
    />
  );
  const hours = [...new Set([...HOURS, sync.everyHours])].toSorted((a, b) => a - b);
  return (
    <form className="panel flex flex-col gap-3 p-4" onSubmit={(event) => void submit(event)}>
      <h2 className="text-md">{t('sync.settings')}</h2>
      {words('include', 'gpt, claude*')}
      {words('exclude', 'embedding, *-image')}
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
      <Skipped view={view} skip={skip} />
    </form>
  );
}

const wordsOf = (text: string): string[] => [...new Set(text.split(/[,，、\s]+/).filter(Boolean))];

/** Channels that runs pass over, each with the way back. */
function Skipped({ view, skip }: { view: ChannelsView; skip: Skip }): ReactNode {
  const { t } = useTranslation();
  const names = new Map(view.channels.map(({ id, name }) => [id, name]));
  if (skip.ids.size === 0) return null;
  return (
    <div>
      <b className="text-xs">{t('sync.skipped', { count: skip.ids.size })}</b>
      <ul className="max-h-40 overflow-y-auto">
        {[...skip.ids].map((id) => (
          <li key={id} className="flex items-center gap-2">
            <span className="cut flex-1">{names.get(id) ?? `#${id}`}</span>
            <Button small look="link" onClick={() => skip.toggle(id)}>
              {t('sync.unskip')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
