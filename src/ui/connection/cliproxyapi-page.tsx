import { ArrowLeft } from 'lucide-react';
import { Fragment, Suspense, useState, type ReactNode } from 'react';
import type { ConnectionView } from '../../core/view/view';
import { EntryList } from '../entries/list';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { FerryIcon } from '../parts/icons';
import { PageHead } from '../parts/page-head';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { BanNote, useTestAfterBan } from './ban-note';
import { CheckList } from './check-list';
import { ConnectionFields } from './connection-fields';
import { HALF_MINUTE, SECOND, useNow } from './connection-pill';
import { Disconnect } from './disconnect';
import { HostGrants } from './host-grants';
import { nameOfConnection } from '../../core/view/connections';
import { sayConnection } from './state-words';
import { useConnectionForm, type ConnectionForm } from './use-connection-form';

const ConnectionList = lazyNamed(() => import('./connection-list'), 'ConnectionList');
const AddConnection = lazyNamed(() => import('./add-connection'), 'AddConnection');
const CompareSection = lazyNamed(() => import('../carry-over/section'), 'CompareSection');
const KeptFile = lazyNamed(() => import('./kept-file'), 'KeptFile');
const NameFields = lazyNamed(() => import('./name-fields'), 'NameFields');

/** The connections to CLIProxyAPI, and all about the one that the page looks at. */
export function CliproxyapiPage(): ReactNode {
  const { t } = useTranslation();
  const { connection, others } = useView();
  const [adding, setAdding] = useState(false);
  const now = useNow(HALF_MINUTE);
  const add = (): void => setAdding(true);
  return (
    <>
      <PageHead title="CLIProxyAPI" lead={t('cpa.lead')} />
      <BackToImport />
      <Suspense>
        {others && <ConnectionList now={now} onAdd={add} />}
        {adding && <AddConnection onClose={() => setAdding(false)} />}
      </Suspense>
      {/* Of one only, what a check found stays when it is connected for the first time. */}
      <Fragment key={others && connection?.id}>
        <ConnectionPanel />
        {connection?.hasKey && !others && !adding && (
          <Button small look="link" className="mt-2" onClick={add}>
            {t('connections.addFirst')}
          </Button>
        )}
        <Suspense>{connection?.hasKey && <KeptFile />}</Suspense>
        {connection?.hasKey && <EntryList />}
        <Suspense>{others && <CompareSection />}</Suspense>
      </Fragment>
      <HostGrants />
    </>
  );
}

/** The address of one CLIProxyAPI, its key, and how the connection stands. */
function ConnectionPanel(): ReactNode {
  const { t, i18n } = useTranslation();
  const { connection, others, keys, accounts } = useView();
  const form = useConnectionForm();
  const until = connection?.halted?.code === 'banned' ? connection.halted.until : undefined;
  const now = useNow(until === undefined ? HALF_MINUTE : SECOND);
  const [testAfter, setTestAfter] = useTestAfterBan(until, form.check);
  const state = sayConnection(t, i18n.language, connection, now);
  const banned = until !== undefined && until > now;
  const isNext = state.tone === 'ok' && keys.length + accounts.length === 0;
  return (
    <>
      {isNext && <NextStep />}
      <section className={`panel overflow-hidden ${banned ? 'border-danger-line' : ''}`}>
        <div className="flex flex-wrap items-center gap-3 border-b border-line p-4">
          <span className="grid size-8 place-items-center rounded-sm bg-sunken text-ink-2">
            <FerryIcon />
          </span>
          <div className="min-w-0 flex-1">
            <Status tone={state.tone} live>
              <b className="text-sm leading-4 text-ink">
                {connection && others
                  ? t('connections.standing', { name: nameOfConnection(connection), state: state.text })
                  : state.text}
              </b>
            </Status>
            {connection && <span className="mono cut block text-xs text-ink-3">{connection.root}</span>}
          </div>
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
          <div className="min-w-0 flex-[3] basis-80 p-5">
            <ConnectionFields
              form={form}
              banned={banned}
              above={connection && others && <NamesOf connection={connection} form={form} />}
            >
              {form.failure && <FailureNote failure={form.failure} />}
            </ConnectionFields>
          </div>
          <div className="min-w-0 flex-[2] basis-72 border-line bg-sunken p-5 max-sm:border-t sm:border-l">
            <CheckList
              report={form.report}
              checking={form.checking}
              now={now}
              onAllowed={() => void form.check()}
            />
          </div>
        </div>
        {connection && <Disconnect name={others && nameOfConnection(connection)} onForget={form.forget} />}
      </section>
    </>
  );
}

/** Name and colour of the one of several that the page looks at. */
function NamesOf({
  connection,
  form: { draft, edit },
}: {
  connection: ConnectionView;
  form: ConnectionForm;
}): ReactNode {
  const { name = connection.name, colour = connection.colour } = draft;
  return (
    <Suspense>
      <NameFields name={name} colour={colour} host={connection.host} onChange={edit} />
    </Suspense>
  );
}

/** What comes after the first connection. */
function NextStep(): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  return (
    <div className="note mb-4 items-center" role="status">
      <p className="flex-1">{t('cpa.next')}</p>
      <Button small onClick={() => void page.openOptions('#/accounts')}>
        {t('cpa.nextAccount')}
      </Button>
    </div>
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
