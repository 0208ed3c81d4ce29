import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { CHECK_STEPS, type CheckReport } from '../../core/connection/check-report';
import type { Failure } from '../../core/failures/failure';
import { usePage } from '../page-context';
import { Button, IconButton } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { Status } from '../parts/status';
import { sayNames } from '../say';
import { useView } from '../use-view';
import { StepList } from '../parts/step-list';

/** The check's steps in the order in which the server decides; after the first failure nothing was asked. */
export function CheckList({
  report,
  testing,
  onAllowed,
}: {
  report: CheckReport | null;
  testing: boolean;
  onAllowed(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  if (!report) {
    return (
      <>
        <h2 className="mb-1 text-md">{t('cpa.checkTitle')}</h2>
        {testing ? (
          <Status tone="busy" live>
            {t('cpa.testing')}
          </Status>
        ) : connection?.halted ? (
          <FailureNote failure={connection.halted} />
        ) : (
          <>
            <Status tone="none">{t('cpa.notTested')}</Status>
            <p className="mt-1 text-xs text-ink-2">{t('cpa.notTestedHelp')}</p>
          </>
        )}
      </>
    );
  }
  const { failure, passed } = report;
  return (
    <div role="status">
      <StepList
        steps={CHECK_STEPS.map((step) => t(`cpa.step.${step}`))}
        passed={passed.length}
        failed={failure !== null}
        tookMs={report.tookMs}
      />
      {failure && <CheckFailure failure={failure} onAllowed={onAllowed} />}
      {report.found && <Found found={report.found} />}
    </div>
  );
}

function CheckFailure({ failure, onAllowed }: { failure: Failure; onAllowed(): void }): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const { connection } = useView();
  const lines = YAML[failure.code];
  const allow = async (): Promise<void> => {
    if (connection && (await page.requestHost(connection.pattern))) onAllowed();
  };
  return (
    <>
      <FailureNote failure={failure}>
        {failure.code === 'host-permission' && (
          <Button small onClick={() => void allow()}>
            {t('cpa.allow', { host: failure.host })}
          </Button>
        )}
      </FailureNote>
      {lines && (
        <div className="mt-3">
          <b className="text-xs">{t('cpa.yaml')}</b>
          <div className="panel mt-1 flex items-start p-2">
            <pre className="mono flex-1 overflow-x-auto whitespace-pre">{lines}</pre>
            <IconButton label={t('cpa.copyYaml')} onClick={() => void page.copyText(lines)}>
              <Copy size={16} aria-hidden />
            </IconButton>
          </div>
        </div>
      )}
    </>
  );
}

/** What to put into config.yaml. The user makes up the key; none of ours is shown. */
const YAML: Partial<Record<Failure['code'], string>> = {
  'management-off': 'remote-management:\n  secret-key: "choose-a-long-one"',
  'key-not-set': 'remote-management:\n  secret-key: "choose-a-long-one"',
  'remote-disabled': 'remote-management:\n  allow-remote: true',
};

function Found({ found }: { found: NonNullable<CheckReport['found']> }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-2">
      <p>
        <b>{found.version ? t('cpa.version', { version: found.version }) : t('cpa.versionUnknown')}</b>
        <br />
        {t('cpa.found', {
          providers: t('common.providers', { count: found.providers }),
          keys: t('common.keys', { count: found.keys }),
          models: t('common.models', { count: found.models }),
        })}
      </p>
      <p className="text-xs text-ink-2">
        {t(
          found.byCredential === false
            ? 'cpa.notByCredential'
            : found.byCredential
              ? 'cpa.byCredential'
              : 'cpa.byCredentialUnknown',
        )}
      </p>
      {found.readOnly && <FailureNote failure={found.readOnly} tone="warn" />}
      {found.exampleKeys && <FailureNote failure={{ code: 'example-keys' }} tone="warn" />}
      {found.empty.length > 0 && (
        <Note tone="warn">
          {t('cpa.empty', { count: found.empty.length, names: sayNames(t, found.empty) })}
        </Note>
      )}
    </div>
  );
}
