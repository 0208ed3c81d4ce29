import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failure';
import { handoffOf, type Handoff } from '../../core/handoff/handoff';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';

export interface HandOver {
  /** Gets the key, which is revealed first if it is masked, and uses it once. */
  hand(use: (handoff: Handoff) => Promise<void> | void): Promise<void>;
  busy: boolean;
  failure: Failure | null;
}

/** For dialogs that send a key: a failure stays in the dialog, where the next try is. */
export function useHandOver(keyView: KeyView): HandOver {
  const { ask, handoff } = usePage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    busy,
    failure,
    hand: (use) =>
      handoff.alone(async () => {
        setBusy(true);
        setFailure(null);
        const text = await ask('key.text', { keyId: keyView.id });
        setBusy(false);
        if (text.ok) await use(handoffOf(keyView, text.value));
        else setFailure(text.failure);
      }),
  };
}

/** Why the key could not be had, with the browser's question where it is that. */
export function HandOverFailure({
  keyView,
  failure,
}: {
  keyView: KeyView;
  failure: Failure | null;
}): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  if (!failure) return null;
  return (
    <FailureNote failure={failure}>
      {failure.code === 'relay-permission' && (
        <Button small onClick={() => void page.requestHost(keyView.pattern)}>
          {t('cpa.allow', { host: failure.host })}
        </Button>
      )}
    </FailureNote>
  );
}
