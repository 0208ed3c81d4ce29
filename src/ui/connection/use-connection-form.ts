import { useState, type FormEvent } from 'react';
import type { Colour } from '../../core/connection/colours';
import type { CheckReport } from '../../core/connection/check-report';
import { parseManagementUrl, SUGGESTED_ADDRESS } from '../../core/connection/management-url';
import type { Failure } from '../../core/failures/failure';
import { ok, type Result } from '../../core/failures/result';
import { usePage } from '../page-context';
import { useRequest } from '../use-request';
import { useView } from '../use-view';

interface Draft {
  /** What the user calls it, and its colour; absent: as they are. */
  name?: string | undefined;
  colour?: Colour | undefined;
  address: string;
  /** Empty: the saved one stays. */
  key: string;
  remember: 'device' | 'session';
}

export interface ConnectionForm {
  draft: Draft;
  edit(change: Partial<Draft>): void;
  /** Why it could not be saved or checked at all. */
  failure: Failure | null;
  report: CheckReport | null;
  checking: boolean;
  submit(event: FormEvent): Promise<void>;
  /** Saves, then checks what was saved: the connection that will be used. */
  check(): Promise<void>;
  forget(): Promise<void>;
}

interface Adding {
  /** The colour that is proposed. */
  colour: Colour;
  /** Called with its id once it is saved. */
  onAdded(proxyId: string): unknown;
}

/**
 * Address and management key while they are typed; to be saved and checked in one, and to be forgotten. `adding`: it is one more
 * connection.
 */
export function useConnectionForm(adding?: Adding): ConnectionForm {
  const { ask, order, page } = usePage();
  const { connection: looked } = useView();
  const connection = adding ? null : looked;
  const [draft, setDraft] = useState<Draft>({
    ...(adding && { colour: adding.colour }),
    address: connection?.address ?? (adding ? '' : SUGGESTED_ADDRESS),
    key: '',
    remember: connection?.remember ?? 'device',
  });
  const [report, setReport] = useState<CheckReport | null>(null);
  const { failure, busy: checking, run } = useRequest();
  const edit = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));

  const save = async (): Promise<Result<unknown>> => {
    const { key, ...kept } = draft;
    const { address } = kept;
    const url = parseManagementUrl(address);
    // Asked for in the click, before anything else is awaited: the browser wants a gesture for it. In the popup its
    // question would close the form before the answer; there the failure of the check offers it.
    const asks = !page.isPopup && url.ok && url.value.transport !== 'loopback';
    const granted = asks ? page.requestHost(url.value.pattern) : null;
    const input = { ...kept, ...(key && { managementKey: key }) };
    const saved = await ask(adding ? 'connection.add' : 'connection.save', input);
    await granted?.catch(() => false);
    if (!saved.ok) return saved;
    if (typeof saved.value === 'string') await adding?.onAdded(saved.value);
    const view = await ask('view', {});
    edit({ key: '', ...(view.ok && view.value.connection && { address: view.value.connection.address }) });
    return ok(true);
  };
  const saveAndCheck = async (): Promise<Result<unknown>> => {
    const saved = await save();
    if (!saved.ok) return saved;
    const checked = await ask('connection.check', {});
    if (checked.ok) setReport(checked.value);
    return checked;
  };
  const check = async (): Promise<void> => {
    if (checking) return;
    setReport(null);
    await run(saveAndCheck);
  };
  return {
    draft,
    edit,
    failure,
    report,
    checking,
    check,
    async submit(event) {
      event.preventDefault();
      await check();
    },
    async forget() {
      await order('connection.forget', {});
      setReport(null);
      edit({ address: SUGGESTED_ADDRESS });
    },
  };
}
