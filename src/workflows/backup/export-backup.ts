import type { BackupData, BackupFile } from '../../core/backup/backup';
import { shownUrl } from '../../core/base-url';
import { maskKey } from '../../core/mask';
import { ITERATIONS } from '../../core/backup/passphrase';
import { ok, type Result } from '../../core/failures/result';
import type { Saved } from '../../storage/schema';
import type { Ports } from '../ports';

/** The text of a backup file: with all secrets, sealed with the passphrase; without one, with none. */
export async function exportBackup(
  ports: Pick<Ports, 'saved' | 'clock' | 'sealing'>,
  passphrase: string | undefined,
  iterations = ITERATIONS,
): Promise<Result<string>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const { settings, accounts, keys, labels, newApis } = saved.value;
  const about = { format: 'keyferry-backup', version: 1, at: ports.clock.now() } as const;
  if (!passphrase) return ok(fileText({ ...about, secrets: 'none', data: openData(saved.value) }));
  const salt = ports.sealing.salt();
  const key = await ports.sealing.derive(passphrase, salt, iterations);
  const data: BackupData = { settings, accounts, keys, labels, ...(newApis.length > 0 && { newApis }) };
  const sealed = await ports.sealing.seal(key, JSON.stringify(data));
  return ok(fileText({ ...about, secrets: 'sealed', salt, iterations, sealed }));
}

const fileText = (file: BackupFile): string => JSON.stringify(file, null, 1);

/** Field by field, so that no secret comes along unasked. */
const openData = ({ settings, accounts, keys, newApis }: Saved): BackupData => ({
  settings,
  accounts: accounts.map(({ id, name, siteUrl, userId }) => ({ id, name, siteUrl, userId })),
  keys: keys.map(({ id, relayName, baseUrl, text }) => ({
    id,
    relayName,
    baseUrl: shownUrl(baseUrl),
    mask: maskKey(text),
  })),
  ...(newApis.length > 0 && {
    newApis: newApis.map(({ name, siteUrl, userId }) => ({ name, siteUrl, userId })),
  }),
});
