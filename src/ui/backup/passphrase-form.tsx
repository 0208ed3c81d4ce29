import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failure';
import { SHORTEST_PASSPHRASE } from '../../core/backup/passphrase';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { SecretField } from '../parts/field';
import { Note } from '../parts/note';

export interface Passphrases {
  passphrase: string;
  current: string;
}

/**
 * Asks for a new passphrase twice (`new`), for the one in force (`current`), or for both (`change`). `submit` says why it
 * did not come about, and closes the form otherwise.
 */
export function PassphraseForm({
  asks,
  action,
  note,
  submit,
  onCancel,
}: {
  asks: 'new' | 'current' | 'change';
  action: string;
  note?: string;
  submit(passphrases: Passphrases): Promise<Failure | null>;
  onCancel(): void;
}): ReactNode {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  /** What is wrong is said of a field that was filled and left, and of all when the form is sent. */
  const [left, setLeft] = useState({ passphrase: false, again: false });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const fresh = asks !== 'current';
  const short = fresh && passphrase.length < SHORTEST_PASSPHRASE;
  const differs = fresh && again !== passphrase;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setLeft({ passphrase: true, again: true });
    if (busy || short || differs) return;
    setBusy(true);
    setFailure(null);
    const why = await submit({ passphrase, current });
    setBusy(false);
    setFailure(why);
  };
  const atLeast = t('lock.atLeast', { count: SHORTEST_PASSPHRASE });
  return (
    <form ref={form} className="mt-3 flex max-w-sm flex-col gap-3" onSubmit={(event) => void send(event)}>
      {asks !== 'new' && (
        <SecretField
          label={t('lock.current')}
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          autoComplete="current-password"
        />
      )}
      {fresh && (
        <>
          <SecretField
            label={t(asks === 'change' ? 'lock.fresh' : 'lock.passphrase')}
            help={atLeast}
            wrong={short && left.passphrase ? atLeast : undefined}
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
            onBlur={() => setLeft({ ...left, passphrase: passphrase !== '' })}
            autoComplete="new-password"
          />
          <SecretField
            label={t('lock.again')}
            wrong={differs && !short && left.again ? t('lock.differs') : undefined}
            value={again}
            onChange={(event) => setAgain(event.target.value)}
            onBlur={() => setLeft({ ...left, again: again !== '' })}
            autoComplete="new-password"
          />
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
