import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { SHORTEST_PASSPHRASE } from '../../core/backup/passphrase';
import type { Result } from '../../core/failures/result';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { SecretField } from '../parts/field';
import { Note } from '../parts/note';
import { useRequest } from '../use-request';

export interface Passphrases {
  passphrase: string;
  current: string;
}

/**
 * Asks for a new passphrase twice (`new`), for the one in force (`current`), for both (`change`), or for that of a file
 * (`sealed`, as `current`). `submit` closes the form unless it failed.
 */
export function PassphraseForm({
  asks,
  action,
  note,
  submit,
  onCancel,
}: {
  asks: 'new' | 'current' | 'change' | 'sealed';
  action: string;
  note?: string;
  submit(passphrases: Passphrases): Promise<Result<unknown>>;
  onCancel(): void;
}): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState({ current: '', passphrase: '', again: '' });
  /** What is wrong is said of a field that was filled and left, and of all when the form is sent. */
  const [left, setLeft] = useState({ current: false, passphrase: false, again: false });
  const { run, busy, failure } = useRequest();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const isNew = asks === 'new' || asks === 'change';
  const short = isNew && typed.passphrase.length < SHORTEST_PASSPHRASE;
  const differs = isNew && typed.again !== typed.passphrase;
  const atLeast = t('lock.atLeast', { count: SHORTEST_PASSPHRASE });
  const wrong = { current: '', passphrase: short && atLeast, again: differs && !short && t('lock.differs') };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setLeft({ current: true, passphrase: true, again: true });
    if (short || differs) return;
    const { ok } = await run(() => submit(typed));
    const field = form.current?.querySelector('input');
    if (ok || asks !== 'sealed') return;
    field?.focus();
    field?.select();
  };
  const secret = (name: keyof typeof typed, label: string, autoComplete: string): ReactNode => (
    <SecretField
      label={label}
      help={name === 'passphrase' && atLeast}
      wrong={(left[name] && wrong[name]) || undefined}
      value={typed[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
      onBlur={() => setLeft({ ...left, [name]: typed[name] !== '' })}
      autoComplete={autoComplete}
    />
  );
  return (
    <form ref={form} className="mt-3 flex max-w-sm flex-col gap-3" onSubmit={(event) => void send(event)}>
      {asks === 'sealed' && secret('current', t('lock.passphrase'), 'off')}
      {(asks === 'current' || asks === 'change') && secret('current', t('lock.current'), 'current-password')}
      {isNew && (
        <>
          {secret('passphrase', t(asks === 'change' ? 'lock.fresh' : 'lock.passphrase'), 'new-password')}
          {secret('again', t('lock.again'), 'new-password')}
        </>
      )}
      {note && <Note tone="warn">{note}</Note>}
      {failure && <FailureNote failure={failure} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" type="submit" busy={busy}>
          {action}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
