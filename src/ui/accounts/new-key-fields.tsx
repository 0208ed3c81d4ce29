import { foreignText } from '../../core/foreign-text';
import { useState, type FormEvent, type ReactNode } from 'react';
import { modelNames, type KeyChange, type NewKey, type NewKeyForm } from '../../core/accounts/new-key';
import type { Failure } from '../../core/failures/failure';
import { FormFoot } from '../dialogs/form-foot';
import { dayOf } from '../format';
import { FailureNote } from '../parts/failure-text';
import { Field, SelectField } from '../parts/field';
import { useTranslation } from '../use-translation';

/** What the fields of a key hold, as texts: `expiresAt` a day, as a date field has it; `models` with commas between. */
export type KeyTexts = Record<keyof NewKey, string>;

export const NO_TEXTS: KeyTexts = { name: '', group: '', amount: '', expiresAt: '', models: '' };

/** What the texts say; the end of that day, where the user is. */
const keyOf = ({ name, group, amount, expiresAt, models }: KeyTexts): NewKey => ({
  name: name.trim(),
  group,
  amount: amount.trim() ? Number(amount.replace(',', '.')) : null,
  expiresAt: expiresAt ? new Date(`${expiresAt}T23:59:59`).getTime() : null,
  models: modelNames(models),
});

/** The part of the key that says something else than at first. */
function changeOf(key: NewKey, texts: KeyTexts, first: KeyTexts): KeyChange {
  const fields = Object.keys(NO_TEXTS) as (keyof NewKey)[];
  const changed = fields.filter((field) => texts[field] !== first[field]);
  return Object.fromEntries(changed.map((field) => [field, key[field]]));
}

/** The fields of a key at a relay, new or to be changed. `onSave` gets all of them, and those that were changed. */
export function NewKeyFields({
  form,
  first = NO_TEXTS,
  submit,
  failure,
  busy,
  onSave,
}: {
  form: NewKeyForm;
  first?: KeyTexts;
  submit: string;
  failure: Failure | null;
  busy: boolean;
  onSave(key: NewKey, change: KeyChange): void;
}): ReactNode {
  const { t } = useTranslation();
  const [texts, setTexts] = useState(first);
  const [today] = useState(() => dayOf(Date.now()));
  const set = (more: Partial<KeyTexts>): void => setTexts({ ...texts, ...more });
  const key = keyOf(texts);
  const isNew = first === NO_TEXTS;
  const tooLong = isTooLong(texts.name, form.nameBytes);
  const badAmount = key.amount !== null && !(key.amount > 0) && (isNew || texts.amount !== first.amount);
  const change = changeOf(key, texts, first);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    // This form may stand in the dialog of a key, whose own form would hear of it.
    event.stopPropagation();
    onSave(key, change);
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={save}>
      <Field
        label={t('newKey.name')}
        required
        value={texts.name}
        wrong={tooLong ? t('newKey.tooLong', { count: form.nameBytes }) : undefined}
        onChange={(event) => set({ name: event.target.value })}
      />
      <GroupField form={form} value={texts.group} onChange={(group) => set({ group })} />
      {form.options.includes('quota') && (
        <Field
          label={t(isNew ? 'newKey.limit' : 'newKey.remaining')}
          help={t('newKey.limitHelp')}
          wrong={badAmount ? t('newKey.badLimit') : undefined}
          inputMode="decimal"
          icon={form.symbol || undefined}
          value={texts.amount}
          onChange={(event) => set({ amount: event.target.value })}
        />
      )}
      {form.options.includes('expiry') && (
        <Field
          label={t('newKey.until')}
          help={t('newKey.untilHelp')}
          type="date"
          min={isNew ? today : undefined}
          value={texts.expiresAt}
          onChange={(event) => set({ expiresAt: event.target.value })}
        />
      )}
      {form.options.includes('models') && (
        <Field
          label={t('newKey.models')}
          help={t('newKey.modelsHelp')}
          mono
          spellCheck={false}
          value={texts.models}
          onChange={(event) => set({ models: event.target.value })}
        />
      )}
      {failure && <FailureNote failure={failure} />}
      <FormFoot
        submit={submit}
        busy={busy}
        disabled={!texts.name.trim() || tooLong || badAmount || Object.keys(change).length === 0}
      />
    </form>
  );
}

/** Relays count the bytes of a name, not its characters. */
function isTooLong(name: string, maxBytes: number | null): boolean {
  return maxBytes !== null && new TextEncoder().encode(name.trim()).length > maxBytes;
}

function GroupField({
  form: { options, groups },
  value,
  onChange,
}: {
  form: NewKeyForm;
  value: string;
  onChange(group: string): void;
}): ReactNode {
  const { t } = useTranslation();
  if (!options.includes('group') || groups.length === 0) return null;
  const named = groups.map(
    ({ id, name, note, ratio }) =>
      [
        id,
        [foreignText(name), ratio !== null && `×${ratio}`, note !== name && foreignText(note)]
          .filter(Boolean)
          .join(' · '),
      ] as const,
  );
  return (
    <SelectField
      label={t('keysPage.group')}
      value={value}
      onChange={onChange}
      choices={[['', t('newKey.ownGroup')], ...named]}
    />
  );
}
