import type { FormEvent } from 'react';
import { parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/connection/management-url';
import type { Failure } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import { usePage } from '../page-context';
import { useRequest, type RequestState } from '../use-request';
import { useTranslation } from '../use-translation';

export interface Login {
  siteUrl: string;
  accessToken: string;
  userId: string;
  /** Taken from the relay's own page, with whose login it ends. */
  shortLived: boolean;
}

/** Adds the account and reads it once, asking the browser for its host where that is needed. `renews`: it is here already. */
export function useAdding(
  login: Login,
  onDone: () => void,
  renews: boolean,
): Omit<RequestState, 'run'> & { submit(event: FormEvent): Promise<void> } {
  const { t } = useTranslation();
  const { ask, page, view, toast } = usePage();
  const { failure, busy, run } = useRequest();
  const failureOf = async (accountId: string): Promise<Failure | null> => {
    const now = await ask('view', {});
    return now.ok ? (now.value.accounts.find(({ id }) => id === accountId)?.failure ?? null) : now.failure;
  };
  const add = async (): Promise<Result<true>> => {
    const state = view.getState();
    const before = state.kind === 'ready' ? state.view.accounts : [];
    const url = parseHttpUrl(login.siteUrl);
    const pattern = url ? hostPattern(url) : '';
    const send = (): Promise<Result<string>> => ask('account.add', { name: '', ...login, renew: true });
    // The browser's question closes the popup, so the account is kept first; the worker reads it when allowed.
    let added = await send();
    // Of an account that is here already, a login that could not be tried is not kept.
    const barred = !added.ok && added.failure.code === 'relay-permission';
    if (barred && (await page.requestHost(pattern))) added = await send();
    if (!added.ok) return added;
    const accountId = added.value;
    if ((await failureOf(accountId))?.code === 'relay-permission') {
      await ask('intent.set', { kind: 'account', id: accountId, pattern });
      const granted = await page.requestHost(pattern);
      await ask('intent.clear', {});
      if (granted) await ask('account.refresh', { accountId });
    }
    const last = await failureOf(accountId);
    if (last) {
      // A login that never worked is not kept: the fields are still here to be corrected. One that worked before stays.
      await ask('account.remove', { accountId, unread: true });
      return fail(last);
    }
    const here = before.find(({ id }) => id === accountId);
    if (here && !renews) toast.plain(t('addAccount.wasHere', { name: here.name }));
    return ok(true);
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
