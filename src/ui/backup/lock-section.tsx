import { Lock } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Result } from '../../core/failures/result';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { PassphraseForm, type Passphrases } from './passphrase-form';
import { useView } from '../use-view';

type Step = 'set' | 'change' | 'remove';

/** Setting, changing and taking off the lock over everything that is kept. */
export function LockSection(): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const { lock } = useView();
  const [step, setStep] = useState<Step | null>(null);
  const close = (): void => setStep(null);
  return (
    <section className="panel mt-4 max-w-xl p-5" aria-labelledby="lock">
      <h2 id="lock" className="mb-1 text-md">
        {t('lock.title')}
      </h2>
      <p className="text-ink-2">{t(lock ? 'lock.on' : 'lock.off')}</p>
      {step ? (
        <StepForm key={step} step={step} onDone={close} />
      ) : (
        <div className="mt-3 flex flex-wrap gap-2">
          {lock ? (
            <>
              <Button onClick={() => void order('lock.close', {})}>
                <Lock size={14} aria-hidden />
                {t('lock.now')}
              </Button>
              <Button onClick={() => setStep('change')}>{t('lock.change')}</Button>
              <Button look="risky" onClick={() => setStep('remove')}>
                {t('lock.remove')}
              </Button>
            </>
          ) : (
            <Button onClick={() => setStep('set')}>
              <Lock size={14} aria-hidden />
              {t('lock.set')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

const ASKS = { set: 'new', change: 'change', remove: 'current' } as const;

function StepForm({ step, onDone }: { step: Step; onDone(): void }): ReactNode {
  const { t } = useTranslation();
  const { ask, view } = usePage();
  const submit = async ({ passphrase, current }: Passphrases): Promise<Result<unknown>> => {
    const done =
      step === 'remove'
        ? await ask('lock.remove', { passphrase: current })
        : await ask('lock.set', step === 'set' ? { passphrase } : { passphrase, current });
    if (!done.ok) return done;
    await view.load();
    onDone();
    return done;
  };
  return (
    <PassphraseForm
      asks={ASKS[step]}
      action={t(`lock.${step}`)}
      {...(step !== 'remove' && { note: t('lock.cannotRecover') })}
      submit={submit}
      onCancel={onDone}
    />
  );
}
