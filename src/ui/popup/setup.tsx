import { Check } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { fail, type Result } from '../../core/failures/result';
import { SUGGESTED_ADDRESS } from '../../core/connection/management-url';
import type { Adding } from '../accounts/adding';
import { usePage } from '../page-context';
import { AddressField } from '../connection/address-field';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { SecretField } from '../parts/field';
import { useRequest } from '../use-request';
import { useView } from '../use-view';

/** First run: connect CLIProxyAPI, add a relay. */
export function Setup({ onAdd }: { onAdd(kind: Adding): void }): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  const connected = Boolean(connection?.hasKey) && !connection?.halted;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-5">
      <h1 className="text-lg">{t('setup.title')}</h1>
      <p className="mb-3 text-ink-2">{t('setup.lead')}</p>
      <Step number={1} title={t('setup.connect')} done={connected}>
        {connected ? <p className="text-ok">{t('setup.connected')}</p> : <Connect />}
      </Step>
      <Step number={2} title={t('setup.relay')} done={false}>
        <p className="text-ink-2">{t('setup.relayHelp')}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button look={connected ? 'primary' : 'default'} onClick={() => onAdd('key')}>
            {t('popup.addKey')}
          </Button>
          <Button onClick={() => onAdd('paste')}>{t('popup.paste')}</Button>
          <Button onClick={() => onAdd('account')}>{t('popup.addAccount')}</Button>
        </div>
      </Step>
    </div>
  );
}

function Step({
  number,
  title,
  done,
  children,
}: {
  number: number;
  title: string;
  done: boolean;
  children: ReactNode;
}): ReactNode {
  return (
    <section className="panel mb-3 flex gap-3 p-3.5">
      <span
        className={`grid size-[22px] flex-none place-items-center rounded-full text-xs font-semibold ${done ? 'bg-ok-soft text-ok' : 'bg-accent text-on-accent'}`}
        aria-hidden="true"
      >
        {done ? <Check size={14} /> : number}
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="mb-1 text-md">{title}</h2>
        {children}
      </div>
    </section>
  );
}

function Connect(): ReactNode {
  const { t } = useTranslation();
  const { ask, page } = usePage();
  const { connection } = useView();
  const [address, setAddress] = useState(connection?.address ?? SUGGESTED_ADDRESS);
  const [key, setKey] = useState('');
  const { busy, failure, run } = useRequest(connection?.halted);
  const connect = async (): Promise<Result<unknown>> => {
    const saved = await ask('connection.save', { address, managementKey: key, remember: 'device' });
    if (!saved.ok) return saved;
    const report = await ask('connection.check', {});
    return report.ok && report.value.failure ? fail(report.value.failure) : report;
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(connect);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2.5">
      <AddressField value={address} onChange={setAddress} />
      <SecretField
        label={t('cpa.key')}
        help={t('setup.keyHelp')}
        value={key}
        onChange={(event) => setKey(event.target.value)}
        required
      />
      {failure && (
        <FailureNote failure={failure}>
          <Button small onClick={() => void page.openOptions('#/cliproxyapi')}>
            {t('common.settings')}
          </Button>
        </FailureNote>
      )}
      <Button look="primary" type="submit" busy={busy} className="self-start">
        {t('setup.connectButton')}
      </Button>
    </form>
  );
}
