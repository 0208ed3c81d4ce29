import type { ReactNode } from 'react';
import { FormFoot } from '../dialogs/form-foot';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { useTranslation } from '../use-translation';
import type { HandOver } from './use-hand-over';

/** What is asked before a key is sent, why the key could not be had, and the button that sends it. */
export function HandOverForm({
  over: { keyView, busy, failure },
  submit,
  lead,
  onSubmit,
  children,
}: {
  over: HandOver;
  /** The words on the button. */
  submit: string;
  /** Leftmost in the foot. */
  lead?: ReactNode;
  onSubmit(): void;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {failure && (
        <FailureNote failure={failure}>
          {failure.code === 'relay-permission' && (
            <Button small onClick={() => void page.requestHost(keyView.pattern)}>
              {t('cpa.allow', { host: failure.host })}
            </Button>
          )}
        </FailureNote>
      )}
      <FormFoot submit={submit} busy={busy} lead={lead} />
    </form>
  );
}
