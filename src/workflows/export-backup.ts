import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupAccount,
  type BackupData,
  type BackupKey,
} from '../core/backup';
import { withoutUser } from '../core/base-url';
import { maskKey } from '../core/mask';
import { ITERATIONS, SHORTEST_PASSPHRASE } from '../core/passphrase';
import { fail, ok, type Result } from '../core/result';
import type { Account, Kept } from '../storage/schema';
import { accountKeyId } from './find-key';
import type { World } from './world';

/** The text of a backup file: with all secrets, sealed with the passphrase; without one, with none. */
export async function exportBackup(
  world: Pick<World, 'kept' | 'clock' | 'sealing'>,
  passphrase: string | undefined,
  iterations = ITERATIONS,
): Promise<Result<string>> {
  const kept = await world.kept.read();
  if (!kept.ok) return kept;
  const about = { format: BACKUP_FORMAT, version: BACKUP_VERSION, at: world.clock.now() };
  const data = backupOf(kept.value, passphrase !== undefined);
  if (passphrase === undefined) return ok(JSON.stringify({ ...about, secrets: 'none', ...data }, null, 2));
  if (passphrase.length < SHORTEST_PASSPHRASE) return fail({ code: 'short-passphrase' });
  const salt = world.sealing.salt();
  const key = await world.sealing.derive(passphrase, salt, iterations);
  const sealed = await world.sealing.seal(key, JSON.stringify(data));
  return ok(JSON.stringify({ ...about, secrets: 'sealed', salt, iterations, sealed }, null, 2));
}

function backupOf({ settings, accounts, keys, labels = {} }: Kept, secrets: boolean): BackupData {
  return {
    settings,
    accounts: accounts.map((account): BackupAccount => {
      const { name, siteUrl, userId, accessToken } = account;
      return {
        name,
        siteUrl,
        userId,
        ...(secrets && { accessToken, labels: labelsOf(account, labels) }),
      };
    }),
    keys: keys.map(({ id, relayName, baseUrl, text }): BackupKey => {
      const known = { relayName, baseUrl: secrets ? baseUrl : openUrl(baseUrl), mask: maskKey(text) };
      return secrets ? { ...known, key: text, label: labels[id] } : known;
    }),
  };
}

/** Keys at a relay have no names of their own between two installations, but the relay's number for them. */
function labelsOf(account: Account, labels: NonNullable<Kept['labels']>): BackupAccount['labels'] {
  const mine = account.keys.flatMap(({ remoteId }) => {
    const label = labels[accountKeyId(account.id, remoteId)];
    return label ? [[remoteId, label] as const] : [];
  });
  return Object.fromEntries(mine);
}

/** A user with a password may stand in a base URL, and a key behind its question mark. */
const openUrl = (baseUrl: string): string => withoutUser(baseUrl).replace(/[?#].*/s, '');
