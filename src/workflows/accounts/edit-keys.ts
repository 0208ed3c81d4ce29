import type { KeyChange, NewKey, NewKeyForm } from '../../core/accounts/new-key';
import { FAMILIES } from '../../core/accounts/relay-family';
import { fail, ok, type Result } from '../../core/failures/result';
import { KEY_EDITS } from '../../relays/edits-table';
import type { KeyEdits } from '../../relays/relay';
import type { Account } from '../../storage/schema';
import { accountKeyId, findKey } from './find-key';
import { findAccount, refreshAccount } from './keep-accounts';
import { callRelay, endedLogin } from './relay-waits';
import { changeAndNotify } from '../change-and-notify';
import { forgetSecrets } from '../forget-secrets';
import type { Ports } from '../ports';

type Needs = Pick<Ports, 'http' | 'hosts' | 'saved' | 'session' | 'ids' | 'clock' | 'pages' | 'journal'>;

/** What a new key at this account can be given. Asks the relay for its groups. */
export async function newKeyForm(ports: Needs, accountId: string): Promise<Result<NewKeyForm>> {
  return atAccount(ports, accountId, async (account, edits) => {
    const { newKey, nameBytes } = FAMILIES[account.family];
    const groups = newKey.includes('group') ? await edits.readGroups(ports.http, account) : ok([]);
    if (!groups.ok) return groups;
    const { kind, symbol } = account.unit;
    return ok({ options: newKey, groups: groups.value, nameBytes, symbol: kind === 'points' ? '' : symbol });
  });
}

/** Creates a key at the relay and lists the account again. Returns the key's id; empty where the relay does not tell it. */
export async function createKey(ports: Needs, accountId: string, key: NewKey): Promise<Result<string>> {
  const made = await atAccount(ports, accountId, (account, edits) =>
    edits.createKey(ports.http, account, {
      name: key.name.trim(),
      group: key.group,
      quota: pointsOf(key.amount, account),
      expiredTime: secondsOf(key.expiresAt),
      models: key.models,
    }),
  );
  // Even after a failure: the key may exist.
  await refreshAccount(ports, accountId);
  if (!made.ok) return made;
  return ok(made.value ? accountKeyId(accountId, made.value.remoteId) : '');
}

const pointsOf = (amount: number | null, { unit }: Account): number | null =>
  amount === null ? null : Math.round(unit.kind === 'points' ? amount : (amount / unit.rate) * unit.perUnit);

const secondsOf = (at: number | null): number => (at === null ? -1 : Math.floor(at / 1_000));

/** Changes a key at its relay, and nothing of it but what `change` names. */
export const changeKey = (ports: Needs, keyId: string, change: KeyChange): Promise<Result<true>> =>
  editKey(ports, keyId, (edits, account, id) => {
    const { name, group, amount, expiresAt, models } = change;
    return edits.changeKey(ports.http, account, id, {
      ...(name !== undefined && { name: name.trim() }),
      ...(group !== undefined && { group }),
      ...(amount !== undefined && { quota: pointsOf(amount, account) }),
      ...(expiresAt !== undefined && { expiredTime: secondsOf(expiresAt) }),
      ...(models !== undefined && { models }),
    });
  });

/** Switches a key on or off at its relay; all else of it stays. */
export const switchKey = (ports: Needs, keyId: string, enabled: boolean): Promise<Result<true>> =>
  editKey(ports, keyId, (edits, account, id) => edits.setKeyEnabled(ports.http, account, id, enabled));

/** Deletes a key at its relay. What was imported stays in CLIProxyAPI, where it will be refused. */
export async function deleteKey(ports: Needs, keyId: string): Promise<Result<true>> {
  const gone = await editKey(ports, keyId, (edits, account, id) => edits.deleteKey(ports.http, account, id));
  if (!gone.ok) return gone;
  const revealed = await ports.session.change((document) => {
    const text = document.revealed[keyId];
    delete document.revealed[keyId];
    return text;
  });
  return revealed.ok && revealed.value !== undefined ? forgetSecrets(ports, [revealed.value]) : ok(true);
}

/** Saves the user's own name and note for a key; empty ones are removed. The relay is not told. */
export async function labelKey(
  ports: Needs,
  keyId: string,
  label: { name: string; note: string },
): Promise<Result<true>> {
  const [name, note] = [label.name.trim(), label.note.trim()];
  return changeAndNotify(ports, ports.saved, ({ labels }) => {
    if (name || note) labels[keyId] = { name, note };
    else delete labels[keyId];
  });
}

async function editKey(
  ports: Needs,
  keyId: string,
  edit: (edits: KeyEdits, account: Account, remoteId: number) => Promise<Result<true>>,
): Promise<Result<true>> {
  const key = await findKey(ports, keyId);
  if (!key.ok) return key;
  const { source } = key.value;
  if (source.kind !== 'account') return fail({ code: 'unknown-item' });
  const edited = await atAccount(ports, source.account.id, (account, edits) =>
    edit(edits, account, source.listed.remoteId),
  );
  // Even after a failure: only the relay knows the key's state now.
  await refreshAccount(ports, source.account.id);
  return edited;
}

async function atAccount<T>(
  ports: Needs,
  accountId: string,
  call: (account: Account, edits: KeyEdits) => Promise<Result<T>>,
): Promise<Result<T>> {
  const found = await findAccount(ports, accountId);
  if (!found.ok) return found;
  const { siteUrl, family } = found.value;
  return endedLogin(found.value, await callRelay(ports, siteUrl, () => call(found.value, KEY_EDITS[family])));
}
