import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { CHECK_STEPS, type CheckReport } from '../../core/connection/check-report';
import { connectionState } from '../../core/connection/state';
import type { Failure } from '../../core/failures/failure';
import { usePage } from '../page-context';
import { FileNotes } from '../dialogs/file-notes';
import { Button, IconButton } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { sayNames } from '../say';
import { usePlace, useView } from '../use-view';
import { StepList } from '../parts/step-list';

/** The check's steps in the order in which the server decides; after the first failure nothing was asked. */
export function CheckList({
  report,
  checking,
  now,
  onAllowed,
}: {
  report: CheckReport | null;
  checking: boolean;
  now: number;
  onAllowed(): void;
}): ReactNode {
  const { t } = useTranslation();
  const steps = CHECK_STEPS.map((step) => t(`cpa.step.${step}`));
  if (!report) return <BeforeCheck steps={steps} checking={checking} now={now} onAllowed={onAllowed} />;
  const { failure, passed } = report;
  return (
    <div role="status">
      <StepList steps={steps} passed={passed.length} failed={failure !== null} tookMs={report.tookMs} />
      {failure && <CheckFailure failure={failure} onAllowed={onAllowed} />}
      {report.found && <Found found={report.found} />}
    </div>
  );
}

/** Where the results will stand; what is known without a check of this page is said here already. */
function BeforeCheck({
  steps,
  checking,
  now,
  onAllowed,
}: {
  steps: readonly string[];
  checking: boolean;
  now: number;
  onAllowed(): void;
}): ReactNode {
  const { t } = useTranslation();
  const place = usePlace();
  const { connection } = useView();
  const state = connectionState(connection, now);
  const isConnected = state.kind === 'connected';
  // A running ban stands above, with the time that is left.
  if ('failure' in state && !checking) {
    const { failure } = state;
    return (
      <>
        <h2 className="mb-1 text-md">{t('cpa.checkTitle')}</h2>
        <CheckFailure failure={failure} onAllowed={onAllowed} />
      </>
    );
  }
  return (
    <>
      <StepList
        steps={steps}
        passed={isConnected && !checking ? steps.length : 0}
        title={t(checking ? 'cpa.checking' : isConnected ? 'cpa.allWorks' : 'cpa.checkTitle')}
        failed={false}
      />
      <p className="text-xs text-ink-2">
        {isConnected ? t('cpa.checkedHelp', { place }) : t('cpa.uncheckedHelp')}
      </p>
    </>
  );
}

/** Why a check stopped, and what may be done about it right here. */
export function CheckFailure({ failure, onAllowed }: { failure: Failure; onAllowed(): void }): ReactNode {
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
      {found.withoutV0 && <p className="text-xs text-ink-2">{t('cpa.withoutV0')}</p>}
      {found.layout && <p className="text-xs text-ink-2">{t(`cpa.layout.${found.layout}`)}</p>}
      <FileNotes notices={found.file} />
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
