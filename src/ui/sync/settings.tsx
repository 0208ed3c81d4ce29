import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelsView } from '../../core/channels/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
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
  const [include, setInclude] = useState(sync.rules.include.join(', '));
  const [exclude, setExclude] = useState(sync.rules.exclude.join(', '));
  const [everyHours, setEvery] = useState(sync.everyHours);
  const [applyAdded, setApply] = useState(sync.applyAdded);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const rules = { include: wordsOf(include), exclude: wordsOf(exclude) };
    if (await save({ ...sync, everyHours, applyAdded, rules })) toast.plain(t('sync.saved'));
  };
  return (
    <form className="panel flex flex-col gap-3 p-4" onSubmit={(event) => void submit(event)}>
      <h2 className="text-md">{t('sync.settings')}</h2>
      <Field
        label={t('sync.include')}
        help={t('sync.includeHelp')}
        placeholder="gpt, claude*"
        value={include}
        onChange={({ target }) => setInclude(target.value)}
      />
      <Field
        label={t('sync.exclude')}
        help={t('sync.excludeHelp')}
        placeholder="embedding, *-image"
        value={exclude}
        onChange={({ target }) => setExclude(target.value)}
      />
      <label>
        <span className="mb-1 block font-medium">{t('sync.schedule')}</span>
        <span className="field">
          <select value={everyHours} onChange={({ target }) => setEvery(Number(target.value))}>
            {[...new Set([...HOURS, sync.everyHours])]
              .toSorted((a, b) => a - b)
              .map((hours) => (
                <option key={hours} value={hours}>
                  {hours === 0 ? t('sync.byHand') : t('sync.every', { count: hours })}
                </option>
              ))}
          </select>
        </span>
      </label>
      <label className="flex cursor-pointer items-start gap-2">
        <input
          type="checkbox"
          className="mt-0.5"
          disabled={everyHours === 0}
          checked={applyAdded}
          onChange={({ target }) => setApply(target.checked)}
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

const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、\s]+/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

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
