import { KeyRound } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { CheckReport } from '../../core/connection/check-report';
import { parseManagementUrl, SUGGESTED_ADDRESS } from '../../core/connection/management-url';
import type { Failure } from '../../core/failures/failure';
import { ok, type Result } from '../../core/failures/result';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { FailureNote } from '../parts/failure-text';
import { SecretField } from '../parts/field';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { AddressField } from './address-field';

interface Draft {
  address: string;
  /** Empty: the saved one stays. */
  key: string;
  remember: 'device' | 'session';
}

interface ConnectionForm {
  draft: Draft;
  edit(change: Partial<Draft>): void;
  failure: Failure | null;
  report: CheckReport | null;
  testing: boolean;
  submit(event: FormEvent): Promise<void>;
  test(): Promise<void>;
  remove(): Promise<void>;
}

/** Address and management key; to be saved, tested and removed. */
export function ConnectionFields({
  form: { draft, edit, failure, testing, submit, test, remove },
  banned,
}: {
  form: ConnectionForm;
  /** Nothing is tested as long as the server refuses all. */
  banned: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { connection } = useView();
  const [removing, setRemoving] = useState(false);
  return (
    <form
      className="flex min-w-0 flex-[3] basis-80 flex-col gap-3.5 p-5"
      onSubmit={(event) => void submit(event)}
    >
      <AddressField value={draft.address} onChange={(address) => edit({ address })} />
      <SecretField
        label={t('cpa.key')}
        help={connection?.hasKey ? t('cpa.keySaved') : t('cpa.keyHelp')}
        placeholder={connection?.hasKey ? '••••••••••••' : ''}
        icon={<KeyRound size={16} aria-hidden />}
        value={draft.key}
        onChange={(event) => edit({ key: event.target.value })}
        autoComplete="current-password"
      />
      <fieldset>
        <legend className="sr-only">{t('cpa.key')}</legend>
        {(['device', 'session'] as const).map((remember) => (
          <label key={remember} className="flex min-h-7 cursor-pointer items-center gap-2">
            <input
              type="radio"
              name="remember"
              checked={draft.remember === remember}
              onChange={() => edit({ remember })}
            />
            {t(remember === 'device' ? 'cpa.rememberDevice' : 'cpa.rememberSession')}
          </label>
        ))}
      </fieldset>
      {failure && <FailureNote failure={failure} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={testing} disabled={banned} onClick={() => void test()}>
          {t(testing ? 'cpa.testing' : 'cpa.test')}
        </Button>
        <Button type="submit">{t('common.save')}</Button>
        {connection && (
          <Button look="risky" className="ml-auto" onClick={() => setRemoving(true)}>
            {t('cpa.remove')}
          </Button>
        )}
      </div>
      {removing && (
        <Confirm
          title={t('cpa.removeTitle')}
          text={t('cpa.removeText')}
          action={t('cpa.removeButton')}
          onConfirm={() => void remove().then(() => setRemoving(false))}
          onCancel={() => setRemoving(false)}
        />
      )}
    </form>
  );
}

/** Testing saves first, so that it tests the connection that will be used. */
export function useConnectionForm(): ConnectionForm {
  const { ask, order, page } = usePage();
  const { connection } = useView();
  const [draft, setDraft] = useState<Draft>({
    address: connection?.address ?? SUGGESTED_ADDRESS,
    key: '',
    remember: connection?.remember ?? 'device',
  });
  const [report, setReport] = useState<CheckReport | null>(null);
  const [testing, setTesting] = useState(false);
  const { failure, run } = useRequest();
  const edit = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));

  const save = async (): Promise<Result<unknown>> => {
    const { address, key, remember } = draft;
    const url = parseManagementUrl(address);
    // Asked for in the click, before anything else is awaited: the browser wants a gesture for it.
    const granted = url.ok && url.value.transport !== 'loopback' ? page.requestHost(url.value.pattern) : null;
    const saved = await ask('connection.save', { address, ...(key && { managementKey: key }), remember });
    await granted?.catch(() => false);
    if (!saved.ok) return saved;
    const view = await ask('view', {});
    edit({ key: '', ...(view.ok && view.value.connection && { address: view.value.connection.address }) });
    return ok(true);
  };
  const check = async (): Promise<Result<unknown>> => {
    const saved = await save();
    if (!saved.ok) return saved;
    const checked = await ask('connection.check', {});
    if (checked.ok) setReport(checked.value);
    return checked;
  };
  return {
    draft,
    edit,
    failure,
    report,
    testing,
    async submit(event) {
      event.preventDefault();
      await run(save);
    },
    async test() {
      if (testing) return;
      setTesting(true);
      setReport(null);
      await run(check);
      setTesting(false);
    },
    async remove() {
      await order('connection.forget', {});
      setReport(null);
      edit({ address: SUGGESTED_ADDRESS });
    },
  };
}
