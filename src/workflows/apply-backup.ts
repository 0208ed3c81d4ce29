import type { BackupAccount, BackupKey, BackupOutcome, BackupOutcomes } from '../core/backup';
import { parseHttpUrl, relayIdentity } from '../core/base-url';
import { sameKey } from '../core/key-text';
import { maskKey } from '../core/mask';
import { OPTIONAL_PREFIX } from '../core/relay-family';
import { ok, type Result } from '../core/result';
import type { Kept } from '../storage/schema';
import { accountKeyId } from './find-key';
import { newAccount, siteOf } from './keep-accounts';
import { newKey } from './keep-keys';
import type { World } from './world';

type Needs = Pick<World, 'kept' | 'ids' | 'clock' | 'pulse'>;

/**
 * Adds what a backup holds, all in one write; nothing that is here is written over. `dry`: says only what would become
 * of each. Accounts are not read yet: that is the page's to ask for, when their hosts may be reached.
 */
export async function applyBackup(
  world: Needs,
  { accounts, keys, dry }: { accounts: BackupAccount[]; keys: BackupKey[]; dry: boolean },
): Promise<Result<BackupOutcomes>> {
  const take = (document: Kept): BackupOutcomes => ({
    accounts: accounts.map((account) => takeAccount(world, document, account)),
    keys: keys.map((key) => takeKey(world, document, key)),
  });
  if (dry) {
    const kept = await world.kept.read();
    return kept.ok ? ok(take(structuredClone(kept.value))) : kept;
  }
  const taken = await world.kept.change(take);
  if (taken.ok) await world.pulse.changed();
  return taken;
}

/** The same login: the same user of the site, or the same token where the user is not known. */
function takeAccount(world: Needs, document: Kept, account: BackupAccount): BackupOutcome {
  const url = parseHttpUrl(account.siteUrl);
  const site = url && siteOf(url);
  const same = document.accounts.some(
    ({ siteUrl, userId, accessToken }) =>
      siteUrl === site &&
      (userId && account.userId ? userId === account.userId : accessToken === account.accessToken),
  );
  if (same) return { kind: 'here' };
  const { accessToken = '', labels = {} } = account;
  const added = newAccount({ ...account, accessToken }, world.ids.next());
  if (!added.ok) return { kind: 'unusable', failure: added.failure };
  const { id } = added.value;
  document.accounts.push(added.value);
  for (const [remoteId, label] of Object.entries(labels))
    (document.labels ??= {})[accountKeyId(id, Number(remoteId))] = label;
  return { kind: 'new', id };
}

/** Of a key without its text the mask must do. */
function takeKey(world: Needs, document: Kept, { key, mask, label, ...about }: BackupKey): BackupOutcome {
  const added = newKey({ ...about, key: key ?? '' }, world.ids.next(), world.clock.now());
  const same = document.keys.some(
    ({ baseUrl, text }) =>
      relayIdentity(baseUrl) === relayIdentity(about.baseUrl) &&
      (added.ok ? sameKey(text, added.value.text, OPTIONAL_PREFIX) : maskKey(text) === mask),
  );
  if (same) return { kind: 'here' };
  if (!added.ok) return { kind: 'unusable', failure: added.failure };
  const { id } = added.value;
  document.keys.push(added.value);
  if (label) (document.labels ??= {})[id] = label;
  return { kind: 'new', id };
}
