import { Lock } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { useRequest } from '../use-request';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { SecretField } from '../parts/field';
import { ResetQuestion } from '../backup/reset-question';

/** Shown in place of everything while the saved document is sealed and was not opened since the browser started. */
export function Locked(): ReactNode {
  const { t } = useTranslation();
  const { ask, view, page } = usePage();
  const [passphrase, setPassphrase] = useState('');
  const { busy, failure, run } = useRequest();
  const [sure, setSure] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // It names relays and accounts.
  useEffect(() => page.note.set(null), [page]);
  useEffect(() => {
    if (!sure) askAgain(form.current);
  }, [sure]);
  const unlock = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !passphrase) return;
    const opened = await run(async () => {
      const reply = await ask('lock.open', { passphrase });
      if (reply.ok) await view.load();
      return reply;
    });
    if (!opened.ok) askAgain(form.current);
  };
  return (
    <main className="flex h-screen overflow-y-auto p-5">
      <div className="m-auto flex w-full max-w-sm flex-col gap-3">
        <span className="grid size-10 place-items-center rounded-md bg-accent-soft text-accent">
          <Lock size={20} aria-hidden />
        </span>
        <div>
          <h1 className="text-lg">{t('lock.lockedTitle')}</h1>
          <p className="text-ink-2">{t('lock.lockedLead')}</p>
        </div>
        {sure ? (
          <ResetQuestion text={t('lock.forgotText')} onCancel={() => setSure(false)} />
        ) : (
          <form ref={form} className="flex flex-col gap-3" onSubmit={(event) => void unlock(event)}>
            <SecretField
              label={t('lock.passphrase')}
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
              autoComplete="current-password"
            />
            {failure && <FailureNote failure={failure} />}
            <div className="flex flex-wrap items-center justify-between gap-2">
              <Button look="primary" type="submit" busy={busy}>
                {t('lock.unlock')}
              </Button>
              <Button look="quiet" onClick={() => setSure(true)}>
                {t('lock.forgot')}
              </Button>
            </div>
          </form>
        )}
      </div>
    </main>
  );
}

/** Selects what was typed, so that the next try replaces it. */
function askAgain(form: HTMLFormElement | null): void {
  const field = form?.querySelector('input');
  field?.focus();
  field?.select();
}
