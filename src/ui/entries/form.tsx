import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { usePlace } from '../use-view';
import type { EntryEdit } from '../../core/entries/entry-edit';
import type { EntryView, PlannedEdit } from '../../core/entries/view';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { sumChanges } from '../../core/import/plan-sum';
import { Button } from '../parts/button';
import { CheckBox } from '../parts/inputs';
import { FailureNote } from '../parts/failure-text';
import { Field, SelectField } from '../parts/field';
import { Note } from '../parts/note';
import { FileNotes } from '../dialogs/file-notes';
import { FormFoot } from '../dialogs/form-foot';
import { PlanRows } from '../dialogs/plan-rows';
import { PlanSumLine } from '../dialogs/plan-sum';
import type { EntryControl, OpenEntry } from './use-entry-edit';

/** Switch, name and priority of an entry, weight and proxy of one key, or a removal, with the plan below. */
export function EntryForm({
  state,
  control,
  keyId,
  again,
}: {
  state: OpenEntry;
  control: EntryControl;
  /** The card that the dialog was opened from; empty: the list of entries. */
  keyId: string;
  again(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { opened, phase } = state;
  const { edit, keyIndex } = state.draft;
  const { edit: set, chooseKey, changed, apply } = control;
  const { entry } = opened;
  const planned = phase === 'planning' ? null : state.planned;
  const goes = edit.remove !== undefined;
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
      {entry.keys.length > 1 && (
        <SelectField
          label={t('entry.key')}
          value={String(keyIndex)}
          onChange={(index) => chooseKey(Number(index))}
          choices={entry.keys.map(({ mask }, index) => [String(index), mask])}
        />
      )}
      {!goes && (
        <>
          <CheckBox
            help={t('entry.onHelp')}
            checked={!(edit.paused ?? entry.paused)}
            onChange={(on) => set({ paused: !on })}
          >
            {t('entry.on')}
          </CheckBox>
          <Fields entry={entry} keyIndex={keyIndex} edit={edit} set={set} />
        </>
      )}
      <Removal entry={entry} edit={edit} set={set} />
      {changed && (
        <Note tone="warn">
          {t('entry.changed')}{' '}
          <Button look="link" onClick={again}>
            {t('entry.again')}
          </Button>
        </Note>
      )}
      {planned && <Plan planned={planned} />}
      {goes && keyId === '' && <p className="text-xs text-ink-3">{t('entry.undoSession')}</p>}
      <FormFoot
        className="sticky -bottom-4 -mx-4 border-t border-line bg-surface px-4 py-3"
        submit={t(goes ? 'entry.applyRemove' : 'entry.apply')}
        look={goes ? 'risky' : 'primary'}
        busy={phase === 'applying'}
        disabled={planned?.kind !== 'plan' || changed}
      />
    </form>
  );
}

function Plan({ planned }: { planned: PlannedEdit }): ReactNode {
  const { t } = useTranslation();
  const place = usePlace();
  switch (planned.kind) {
    case 'nothing':
      return <p className="text-ink-3">{t('entry.nothing')}</p>;
    case 'failed':
      return <FailureNote failure={planned.failure} tone="warn" />;
    case 'plan':
      return (
        <>
          <PlanSumLine sum={sumChanges(planned.changes)} />
          <PlanRows changes={planned.changes} place={place} />
          {planned.renamed && <Note tone="warn">{t('entry.renamed')}</Note>}
          <FileNotes notices={planned.file} />
        </>
      );
  }
}

interface Part {
  entry: EntryView;
  edit: EntryEdit;
  set(change: EntryEdit): void;
}

function Fields({ entry, keyIndex, edit, set }: Part & { keyIndex: number }): ReactNode {
  const { t } = useTranslation();
  const key = entry.keys[keyIndex];
  return (
    <div className="grid grid-cols-2 gap-3">
      {!listTraits(entry.list).keyPerEntry && (
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
      <Field
        label={t('dialog.prefix')}
        help={t('dialog.prefixHelp')}
        value={edit.prefix ?? entry.prefix}
        onChange={(event) => set({ prefix: event.target.value })}
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

function Removal({ entry, edit, set }: Part): ReactNode {
  const { t } = useTranslation();
  const { keyPerEntry } = listTraits(entry.list);
  const last = !keyPerEntry && entry.keys.length < 2;
  const choices = [
    [undefined, 'entry.keep'],
    ...(keyPerEntry ? [] : [['key', 'entry.removeKey'] as const]),
    ['entry', keyPerEntry ? 'entry.removeKey' : 'entry.removeEntry'],
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
