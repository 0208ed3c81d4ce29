import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { EntryList } from '../entries/list';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FerryIcon } from '../parts/icons';
import { PageHead } from '../parts/page-head';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { BanNote, useTestAfterBan } from './ban-note';
import { CheckList } from './check-list';
import { ConnectionFields, useConnectionForm } from './connection-fields';
import { HALF_MINUTE, SECOND, useNow } from './connection-pill';
import { HostGrants } from './host-grants';
import { sayConnection } from './state-words';

/** The address of CLIProxyAPI, its key, and a check that says what is wrong. */
export function CliproxyapiPage(): ReactNode {
  const { t, i18n } = useTranslation();
  const { connection } = useView();
  const form = useConnectionForm();
  const until = connection?.halted?.code === 'banned' ? connection.halted.until : undefined;
  const now = useNow(until === undefined ? HALF_MINUTE : SECOND);
  const [testAfter, setTestAfter] = useTestAfterBan(until, form.test);
  const state = sayConnection(t, i18n.language, connection, now);
  const banned = until !== undefined && until > now;
  return (
    <>
      <PageHead title="CLIProxyAPI" lead={t('cpa.lead')} />
      <BackToImport />
      <section className={`panel overflow-hidden ${banned ? 'border-danger-line' : ''}`}>
        <div className="flex flex-wrap items-center gap-3 border-b border-line p-4">
          <span className="grid size-8 place-items-center rounded-sm bg-sunken text-ink-2">
            <FerryIcon />
          </span>
          <div className="min-w-0 flex-1">
            <b className="block">CLIProxyAPI</b>
            <span className="cut block text-xs text-ink-3">
              {connection?.root ?? t('connection.state.none')}
            </span>
          </div>
          <Status tone={state.tone} live>
            {state.text}
          </Status>
        </div>
        {connection && banned && (
          <BanNote
            until={until}
            now={now}
            host={connection.host}
            testThen={testAfter}
            onTestThen={setTestAfter}
          />
        )}
        <div className="flex flex-wrap">
          <ConnectionFields form={form} banned={banned} />
          <div className="min-w-0 flex-[2] basis-72 border-line bg-sunken p-5 max-sm:border-t sm:border-l">
            <CheckList report={form.report} testing={form.testing} onAllowed={() => void form.test()} />
          </div>
        </div>
      </section>
      {connection?.hasKey && <EntryList />}
      <HostGrants />
    </>
  );
}

/** For someone whom the icon of an import sent here: the way back, once the key is saved. */
function BackToImport(): ReactNode {
  const { t } = useTranslation();
  const { ask, imports } = usePage();
  const { intent, connection, keys } = useView();
  const waiting = intent?.kind === 'import' && intent.pattern === '' ? intent : null;
  const key = keys.find(({ id }) => id === waiting?.id);
  if (!waiting || !key || !connection?.hasKey) return null;
  const back = async (): Promise<void> => {
    await ask('intent.clear', {});
    await imports.open(waiting.id, {});
  };
  return (
    <Button look="primary" className="mb-4" onClick={() => void back()}>
      <ArrowLeft size={16} aria-hidden />
      {t('cpa.backToImport', { name: key.name })}
    </Button>
  );
}
