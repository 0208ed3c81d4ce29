import type { BackupData, BackupFile } from '../core/backup';
import { withoutUser } from '../core/base-url';
import { maskKey } from '../core/mask';
import { ITERATIONS } from '../core/passphrase';
import { ok, type Result } from '../core/result';
import type { Kept } from '../storage/schema';
import type { World } from './world';

/** The text of a backup file: with all secrets, sealed with the passphrase; without one, with none. */
export async function exportBackup(
  world: Pick<World, 'kept' | 'clock' | 'sealing'>,
  passphrase: string | undefined,
  iterations = ITERATIONS,
): Promise<Result<string>> {
  const kept = await world.kept.read();
  if (!kept.ok) return kept;
  const about = { format: 'keyferry-backup', version: 1, at: world.clock.now() } as const;
  if (!passphrase) return ok(fileText({ ...about, secrets: 'none', data: withoutSecrets(kept.value) }));
  const salt = world.sealing.salt();
  const key = await world.sealing.derive(passphrase, salt, iterations);
  const sealed = await world.sealing.seal(key, JSON.stringify(withSecrets(kept.value)));
  return ok(fileText({ ...about, secrets: 'sealed', salt, iterations, sealed }));
}

const fileText = (file: BackupFile): string => JSON.stringify(file, null, 2);

const withSecrets = ({ settings, accounts, keys, labels }: Kept): BackupData => ({
  settings,
  accounts: accounts.map(({ id, name, siteUrl, userId, accessToken }) => ({
    id,
    name,
    siteUrl,
    userId,
    accessToken,
  })),
  keys: keys.map(({ id, relayName, baseUrl, text }) => ({ id, relayName, baseUrl, text })),
  labels,
});

/** A user with a password may stand in a base URL, and a key behind its question mark. */
const withoutSecrets = ({ settings, accounts, keys }: Kept): BackupData => ({
  settings,
  accounts: accounts.map(({ name, siteUrl, userId }) => ({ name, siteUrl, userId })),
  keys: keys.map(({ relayName, baseUrl, text }) => ({
    relayName,
    baseUrl: withoutUser(baseUrl).replace(/[?#].*/s, ''),
    mask: maskKey(text),
  })),
});
