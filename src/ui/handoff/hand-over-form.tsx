import type { ReactNode } from 'react';
import { FormFoot } from '../dialogs/form-foot';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import type { RelayModels } from '../models/use-chat-models';
import { FailureNote } from '../parts/failure-text';
import { useTranslation } from '../use-translation';
import type { HandOver } from './use-hand-over';

/** What is asked before a key is sent, why the key could not be had, and the button that sends it. */
export function HandOverForm({
  over: { keyView, busy, failure },
  models,
  submit,
  lead,
  onSubmit,
  children,
}: {
  over: HandOver;
  /** What the relay lists: where the browser may not ask it, it can be allowed here. */
  models?: RelayModels;
  /** The words on the button. */
  submit: string;
  /** Leftmost in the foot. */
  lead?: ReactNode;
  onSubmit(): void;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const unlisted = models?.failure?.code === 'relay-permission' ? models.failure : null;
  const shown = failure ?? unlisted;
  const allow = async (): Promise<void> => {
    if (await page.requestHost(keyView.pattern)) models?.again();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {shown && (
        <FailureNote failure={shown} tone={failure ? 'danger' : 'warn'}>
          {shown.code === 'relay-permission' && (
            <Button small onClick={() => void allow()}>
              {t('cpa.allow', { host: shown.host })}
            </Button>
          )}
        </FailureNote>
      )}
      <FormFoot submit={submit} busy={busy} lead={lead} />
    </form>
  );
}
