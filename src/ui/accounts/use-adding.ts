import type { FormEvent } from 'react';
import { parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/cliproxyapi/management-url';
import type { Failure } from '../../core/failure';
import { fail, ok, type Result } from '../../core/result';
import { usePage } from '../page-context';
import { useRequest } from '../use-request';

export interface Login {
  siteUrl: string;
  accessToken: string;
  userId: string;
  /** Read from the relay's own page or entered for a known account: it replaces the account's old login. */
  renew: boolean;
}

interface Adding {
  failure: Failure | null;
  busy: boolean;
  submit(event: FormEvent): Promise<void>;
}

/** Adds the account and reads it once, asking the browser for its host where that is needed. */
export function useAdding(login: Login, onDone: () => void): Adding {
  const { ask, page } = usePage();
  const { failure, busy, run } = useRequest();
  const failureOf = async (accountId: string): Promise<Failure | null> => {
    const view = await ask('view', {});
    return view.ok ? (view.value.accounts.find(({ id }) => id === accountId)?.failure ?? null) : view.failure;
  };
  const add = async (): Promise<Result<true>> => {
    const { renew, ...typed } = login;
    // The browser's question closes the popup, so the account is kept first; the worker reads it when allowed.
    const added = await ask('account.add', { name: '', ...typed, ...(renew && { renew }) });
    if (!added.ok) return added;
    const accountId = added.value;
    const url = parseHttpUrl(login.siteUrl);
    if (url && (await failureOf(accountId))?.code === 'relay-permission') {
      const pattern = hostPattern(url);
      await ask('intent.set', { kind: 'account', id: accountId, pattern });
      const granted = await page.requestHost(pattern);
      await ask('intent.clear', {});
      if (granted) await ask('account.refresh', { accountId });
    }
    const last = await failureOf(accountId);
    if (!last) return ok(true);
    // A login that does not work is not kept: the fields are still here to be corrected.
    await ask('account.remove', { accountId });
    return fail(last);
  };
  return {
    failure,
    busy,
    async submit(event) {
      event.preventDefault();
      if ((await run(add)).ok) onDone();
    },
  };
}
