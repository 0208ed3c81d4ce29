import { useState, type FormEvent } from 'react';
import type { CheckReport } from '../../core/cliproxyapi/check-report';
import { parseManagementUrl, SUGGESTED_ADDRESS } from '../../core/cliproxyapi/management-url';
import type { Failure } from '../../core/failure';
import { ok, type Result } from '../../core/result';
import { usePage } from '../page-context';
import { useRequest } from '../use-request';
import { useView } from '../use-view';

interface Draft {
  address: string;
  /** Empty: the saved one stays. */
  key: string;
  remember: 'device' | 'session';
}

export interface ConnectionForm {
  draft: Draft;
  edit(change: Partial<Draft>): void;
  failure: Failure | null;
  report: CheckReport | null;
  testing: boolean;
  submit(event: FormEvent): Promise<void>;
  test(): Promise<void>;
  remove(): Promise<void>;
}

/** Saving and testing both save first: what is tested is what will be used. */
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
