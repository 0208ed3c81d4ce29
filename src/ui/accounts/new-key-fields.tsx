import { foreignText } from '../../core/foreign-text';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { NewKeyForm } from '../../core/accounts/new-key';
import { FormFoot } from '../dialogs/form-foot';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { Field, SelectField } from '../parts/field';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';

/** The fields of a new key, and the order to make it. */
export function NewKeyFields({
  accountId,
  form,
  onDone,
}: {
  accountId: string;
  form: NewKeyForm;
  onDone(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { ask, toast } = usePage();
  const [name, setName] = useState('');
  const [group, setGroup] = useState('');
  const [limit, setLimit] = useState('');
  const [until, setUntil] = useState('');
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const { busy, failure, run } = useRequest();
  const tooLong = isTooLong(name, form.nameBytes);
  const amount = limit.trim() ? Number(limit.replace(',', '.')) : null;
  const badAmount = amount !== null && !(amount > 0);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // The end of that day, where the user is.
    const expiresAt = until ? new Date(`${until}T23:59:59`).getTime() : null;
    const made = await run(() =>
      ask('key.create', { accountId, name: name.trim(), group, amount, expiresAt }),
    );
    if (!made.ok) return;
    toast.plain(t('newKey.made', { name: name.trim() }));
    onDone();
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <Field
        label={t('newKey.name')}
        required
        value={name}
        wrong={tooLong ? t('newKey.tooLong', { count: form.nameBytes }) : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <GroupField form={form} value={group} onChange={setGroup} />
      {form.options.includes('quota') && (
        <Field
          label={t('newKey.limit')}
          help={t('newKey.limitHelp')}
          wrong={badAmount ? t('newKey.badLimit') : undefined}
          inputMode="decimal"
          icon={form.symbol || undefined}
          value={limit}
          onChange={(event) => setLimit(event.target.value)}
        />
      )}
      {form.options.includes('expiry') && (
        <Field
          label={t('newKey.until')}
          help={t('newKey.untilHelp')}
          type="date"
          min={today}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      )}
      {failure && <FailureNote failure={failure} />}
      <FormFoot submit={t('newKey.submit')} busy={busy} disabled={!name.trim() || tooLong || badAmount} />
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
