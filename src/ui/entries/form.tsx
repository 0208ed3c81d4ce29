import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { EntryEdit } from '../../core/entries/entry-edit';
import type { OpenedEntry } from '../../core/entries/view';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field } from '../parts/field';
import { Note } from '../parts/note';
import { PlanRows } from '../dialogs/plan-rows';
import type { EntryControl, OpenEntry } from './use-entry-edit';

interface Props {
  state: OpenEntry;
  control: EntryControl;
  /** The card that the dialog was opened from; empty: the list of entries. */
  keyId: string;
  again(): void;
}

/** Switch, name and priority of an entry, weight and proxy of one key, or a removal, with the plan below. */
export function EntryForm({ state, control, keyId, again }: Props): ReactNode {
  const { t } = useTranslation();
  const { opened, phase } = state;
  const { edit, keyIndex } = state.draft;
  const { edit: set, chooseKey, changed, apply } = control;
  const { entry } = opened;
  const planned = phase === 'planning' ? null : state.planned;
  const { keyPerEntry } = listTraits(entry.list);
  const goes = edit.remove !== undefined;
  const label = goes ? t('entry.applyRemove') : t('entry.apply');
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <p className="mono [overflow-wrap:anywhere] text-xs text-ink-3">
        {entry.baseUrl}
        {entry.list !== 'openai-compatibility' && ` · ${entry.list}`}
      </p>
      {entry.keys.length > 1 && <KeyChoice opened={{ entry, keyIndex }} onChoose={chooseKey} />}
      {!goes && (
        <>
          <label className="flex cursor-pointer items-start gap-2">
            <input
              type="checkbox"
              className="mt-0.5"
              checked={!(edit.paused ?? entry.paused)}
              onChange={(event) => set({ paused: !event.target.checked })}
            />
            <span>
              {t('entry.on')}
              <span className="block text-xs text-ink-3">{t('entry.onHelp')}</span>
            </span>
          </label>
          <Fields opened={{ entry, keyIndex }} oneKey={keyPerEntry} edit={edit} set={set} />
        </>
      )}
      <Removal opened={opened} oneKey={keyPerEntry} edit={edit} set={set} />
      {changed && (
        <Note tone="warn">
          {t('entry.changed')}{' '}
          <Button look="link" onClick={again}>
            {t('entry.again')}
          </Button>
        </Note>
      )}
      {planned?.kind === 'plan' && (
        <>
          <PlanRows changes={planned.changes} />
          {planned.renamed && <Note tone="warn">{t('entry.renamed')}</Note>}
        </>
      )}
      {goes && keyId === '' && <p className="text-xs text-ink-3">{t('entry.undoSession')}</p>}
      {planned?.kind === 'nothing' && <p className="text-ink-3">{t('entry.nothing')}</p>}
      {planned?.kind === 'failed' && <FailureNote failure={planned.failure} tone="warn" />}
      <div className="sticky -bottom-4 -mx-4 flex justify-end gap-2 border-t border-line bg-surface px-4 py-3">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button
          look={goes ? 'risky' : 'primary'}
          type="submit"
          busy={phase === 'applying'}
          disabled={planned?.kind !== 'plan' || changed}
        >
          {label}
        </Button>
      </div>
    </form>
  );
}

function Fields({
  opened: { entry, keyIndex },
  oneKey,
  edit,
  set,
}: {
  opened: OpenedEntry;
  oneKey: boolean;
  edit: EntryEdit;
  set(change: EntryEdit): void;
}): ReactNode {
  const { t } = useTranslation();
  const key = entry.keys[keyIndex];
  return (
    <div className="grid grid-cols-2 gap-3">
      {!oneKey && (
        <Field
          className="col-span-full"
          label={t('entry.name')}
          help={t('entry.nameHelp')}
          value={edit.name ?? entry.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      )}
      <Field
        label={t('entry.priority')}
        inputMode="numeric"
        value={edit.priority ?? String(entry.priority)}
        onChange={(event) => set({ priority: event.target.value })}
      />
      {key && (
        <>
          <Field
            label={t('entry.weight')}
            help={t('entry.weightHelp')}
            inputMode="numeric"
            value={edit.weight ?? (key.weight === null ? '' : String(key.weight))}
            onChange={(event) => set({ weight: event.target.value })}
          />
          <Field
            className="col-span-full"
            label={t('entry.proxy')}
            help={t('dialog.proxyHelp')}
            mono
            value={edit.proxyUrl ?? key.proxyUrl}
            onChange={(event) => set({ proxyUrl: event.target.value })}
          />
        </>
      )}
    </div>
  );
}

/** Chooses the key that weight, proxy and removal are about. */
function KeyChoice({
  opened: { entry, keyIndex },
  onChoose,
}: {
  opened: OpenedEntry;
  onChoose(index: number): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <label className="block">
      <span className="mb-1 block font-medium">{t('entry.key')}</span>
      <span className="field">
        <select value={keyIndex} onChange={(event) => onChoose(Number(event.target.value))}>
          {entry.keys.map((key, index) => (
            <option key={index} value={index}>
              {key.mask}
            </option>
          ))}
        </select>
      </span>
    </label>
  );
}

function Removal({
  opened: { entry },
  oneKey,
  edit,
  set,
}: {
  opened: OpenedEntry;
  oneKey: boolean;
  edit: EntryEdit;
  set(change: EntryEdit): void;
}): ReactNode {
  const { t } = useTranslation();
  const last = !oneKey && entry.keys.length < 2;
  const choices = [
    [undefined, 'entry.keep'],
    ...(oneKey ? [] : [['key', 'entry.removeKey'] as const]),
    ['entry', oneKey ? 'entry.removeKey' : 'entry.removeEntry'],
  ] as const;
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t('entry.removal')}</legend>
      <div className="flex flex-wrap gap-x-4">
        {choices.map(([remove, label]) => (
          <label key={label} className="flex min-h-7 cursor-pointer items-center gap-2">
            <input
              type="radio"
              name="remove"
              disabled={remove === 'key' && last}
              checked={edit.remove === remove}
              onChange={() => set({ remove })}
            />
            {t(label)}
          </label>
        ))}
      </div>
      {last && <p className="text-xs text-ink-3">{t('entry.lastKey')}</p>}
    </fieldset>
  );
}
