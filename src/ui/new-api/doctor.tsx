import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { Status } from '../parts/status';
import { StepList } from '../parts/step-list';
import type { Checked } from './use-checks';
import { NEW_API_STEPS, type NewApiView } from '../../core/new-api/view';

/** What the check said; before one, why nothing is sent at all. */
export function NewApiDoctor({
  newApi,
  checked,
  onAllowed,
}: {
  newApi: NewApiView;
  checked: Checked | undefined;
  onAllowed(): void;
}): ReactNode {
  const { t } = useTranslation();
  if (checked === 'testing')
    return (
      <Status tone="busy" live>
        {t('connection.state.checking')}
      </Status>
    );
  if (!checked) return <Access newApi={newApi} onAllowed={onAllowed} />;
  if (!checked.ok) return <FailureNote failure={checked.failure} />;
  const { failure, passed, tookMs, found } = checked.value;
  const limited = failure?.code === 'channel-no-right' && sayRights(t, newApi);
  return (
    <div role="status" className="rounded-sm bg-sunken p-4">
      <StepList
        steps={NEW_API_STEPS.map((step) => t(`newApi.step.${step}`))}
        passed={passed.length}
        failed={failure !== null}
        tookMs={tookMs}
      />
      {limited ? (
        <Note tone="warn">{limited}</Note>
      ) : (
        failure && (
          <FailureNote failure={failure}>
            {failure.code === 'relay-permission' && <Allow newApi={newApi} onAllowed={onAllowed} />}
          </FailureNote>
        )
      )}
      {found && (
        <p className="mt-2">
          {t('newApi.found', { family: t(`family.${found.family}`), count: found.channels })}
        </p>
      )}
    </div>
  );
}

/** Why nothing is sent to a New API, and what can be done about it here. Null where nothing is in the way. */
export function Access({ newApi, onAllowed }: { newApi: NewApiView; onAllowed?: () => void }): ReactNode {
  const { host, granted, halted, hasToken } = newApi;
  if (!granted)
    return (
      <FailureNote failure={{ code: 'relay-permission', host }} tone="warn">
        <Allow newApi={newApi} onAllowed={onAllowed} />
      </FailureNote>
    );
  if (!hasToken) return <FailureNote failure={{ code: 'site-token-missing', host }} tone="warn" />;
  return halted && <FailureNote failure={halted} />;
}

function Allow({
  newApi: { host, pattern },
  onAllowed,
}: {
  newApi: NewApiView;
  onAllowed: (() => void) | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const { page, view } = usePage();
  const allow = async (): Promise<void> => {
    if (!(await page.requestHost(pattern))) return;
    await view.load();
    onAllowed?.();
  };
  return (
    <Button small onClick={() => void allow()}>
      {t('cpa.allow', { host })}
    </Button>
  );
}

/** What an account may not do with channels; empty where it may do all, or where nobody has looked. */
export function sayRights(t: TFunction, { rights, host }: NewApiView): string {
  if (!rights || (rights.write && rights.sensitive)) return '';
  return t(rights.write ? 'channels.noDelete' : 'channels.noWrite', { host });
}
