import { ArrowLeft, KeyRound } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { CheckReport } from '../../core/cliproxyapi/check-report';
import type { Failure } from '../../core/failure';
import { parseManagementUrl, SUGGESTED_ADDRESS } from '../../core/cliproxyapi/management-url';
import { usePage } from '../page-context';
import { AddressField } from './address-field';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { connectionState, useNow } from './connection-pill';
import { FailureNote } from '../parts/failure-text';
import { SecretField } from '../parts/field';
import { FerryIcon } from '../parts/icons';
import { Status } from '../parts/status';
import { useView } from '../use-view';
import { BanNote } from './ban-note';
import { CheckList } from './check-list';
import { EntryList } from '../entries/list';
import { HostGrants } from './host-grants';
import { PageHead } from '../parts/page-head';

/** Where CLIProxyAPI is, its key, and a check that says what is wrong. */
export function CliproxyapiPage(): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  const form = useConnectionForm();
  const banned = connection?.halted?.code === 'banned' ? connection.halted : null;
  const now = useNow(banned !== null);
  const state = connectionState(t, connection, now);
  const isBanned = banned !== null && banned.until > now;
  const [testThen, setTestThen] = useTestThen(banned?.until, form.test);
  return (
    <>
      <PageHead title="CLIProxyAPI" lead={t('cpa.lead')} />
      <BackToImport />
      <section className={`panel overflow-hidden ${isBanned ? 'border-danger-line' : ''}`}>
        <div className="flex flex-wrap items-center gap-3 border-b border-line p-4">
          <span className="grid size-8 place-items-center rounded-sm bg-sunken text-ink-2">
            <FerryIcon />
          </span>
          <div className="min-w-0 flex-1">
            <b className="block">CLIProxyAPI</b>
            <span className="cut block text-xs text-ink-3">{connection?.root ?? t('connection.none')}</span>
          </div>
          <Status tone={state.tone} live>
            {state.text}
          </Status>
        </div>
        {isBanned && (
          <BanNote
            until={banned.until}
            now={now}
            host={connection!.host}
            testThen={testThen}
            onTestThen={setTestThen}
          />
        )}
        <div className="flex flex-wrap">
          <form
            className="flex min-w-0 flex-[3] basis-80 flex-col gap-3.5 p-5"
            onSubmit={(event) => void form.submit(event)}
          >
            <AddressField value={form.address} onChange={form.setAddress} />
            <SecretField
              label={t('cpa.key')}
              help={connection?.hasKey ? t('cpa.keySaved') : t('cpa.keyHelp')}
              placeholder={connection?.hasKey ? '••••••••••••' : ''}
              icon={<KeyRound size={16} aria-hidden />}
              value={form.key}
              onChange={(event) => form.setKey(event.target.value)}
              autoComplete="current-password"
            />
            <fieldset>
              <legend className="sr-only">{t('cpa.key')}</legend>
              {(['device', 'session'] as const).map((kind) => (
                <label key={kind} className="flex min-h-7 cursor-pointer items-center gap-2">
                  <input
                    type="radio"
                    name="remember"
                    checked={form.remember === kind}
                    onChange={() => form.setRemember(kind)}
                  />
                  {t(kind === 'device' ? 'cpa.rememberDevice' : 'cpa.rememberSession')}
                </label>
              ))}
            </fieldset>
            {form.failure && <FailureNote failure={form.failure} />}
            <div className="flex flex-wrap gap-2">
              <Button look="primary" busy={form.testing} disabled={isBanned} onClick={() => void form.test()}>
                {t(form.testing ? 'cpa.testing' : 'cpa.test')}
              </Button>
              <Button type="submit">{t('common.save')}</Button>
              {connection && (
                <Button look="risky" className="ml-auto" onClick={() => form.setRemoving(true)}>
                  {t('cpa.remove')}
                </Button>
              )}
            </div>
            {form.removing && (
              <Confirm
                title={t('cpa.removeTitle')}
                text={t('cpa.removeText')}
                action={t('cpa.removeButton')}
                onConfirm={() => void form.remove()}
                onCancel={() => form.setRemoving(false)}
              />
            )}
          </form>
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

/** Tests once when a ban is over, if that is wanted. */
function useTestThen(until: number | undefined, test: () => Promise<void>): [boolean, (on: boolean) => void] {
  const [wanted, setWanted] = useState(false);
  const latest = useRef(test);
  useEffect(() => {
    latest.current = test;
  }, [test]);
  useEffect(() => {
    if (!wanted || until === undefined) return;
    const timer = setTimeout(
      () => {
        setWanted(false);
        void latest.current();
      },
      until - Date.now() + 1000,
    );
    return () => clearTimeout(timer);
  }, [wanted, until]);
  return [wanted, setWanted];
}

interface ConnectionForm {
  address: string;
  setAddress(address: string): void;
  key: string;
  setKey(key: string): void;
  remember: 'device' | 'session';
  setRemember(remember: 'device' | 'session'): void;
  failure: Failure | null;
  report: CheckReport | null;
  testing: boolean;
  removing: boolean;
  setRemoving(removing: boolean): void;
  submit(event: FormEvent): Promise<void>;
  test(): Promise<void>;
  remove(): Promise<void>;
}

/** Saving and testing both save first: what is tested is what will be used. */
function useConnectionForm(): ConnectionForm {
  const { ask, order, page } = usePage();
  const { connection } = useView();
  const [address, setAddress] = useState(connection?.address ?? SUGGESTED_ADDRESS);
  const [key, setKey] = useState('');
  const [remember, setRemember] = useState<'device' | 'session'>(connection?.remember ?? 'device');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [report, setReport] = useState<CheckReport | null>(null);
  const [testing, setTesting] = useState(false);
  const [removing, setRemoving] = useState(false);
  const busy = useRef(false);

  const save = async (): Promise<boolean> => {
    setFailure(null);
    const url = parseManagementUrl(address);
    // Asked for in the click, before anything else is awaited: the browser wants a gesture for it.
    const granted = url.ok && url.value.transport !== 'loopback' ? page.requestHost(url.value.pattern) : null;
    const saved = await ask('connection.save', { address, ...(key && { managementKey: key }), remember });
    await granted?.catch(() => false);
    if (!saved.ok) {
      setFailure(saved.failure);
      return false;
    }
    setKey('');
    const view = await ask('view', {});
    if (view.ok && view.value.connection) setAddress(view.value.connection.address);
    return true;
  };
  const test = async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setTesting(true);
    setReport(null);
    if (await save()) {
      const checked = await ask('connection.check', {});
      if (checked.ok) setReport(checked.value);
      else setFailure(checked.failure);
    }
    setTesting(false);
    busy.current = false;
  };
  return {
    address,
    setAddress,
    key,
    setKey,
    remember,
    setRemember,
    failure,
    report,
    testing,
    removing,
    setRemoving,
    test,
    async submit(event) {
      event.preventDefault();
      await save();
    },
    async remove() {
      await order('connection.forget', {});
      setRemoving(false);
      setReport(null);
      setAddress(SUGGESTED_ADDRESS);
    },
  };
}

/** Someone came here from an import's icon: the way back, once the key is there. */
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
