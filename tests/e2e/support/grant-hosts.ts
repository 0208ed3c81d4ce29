import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A copy of the built extension, the same code byte for byte, whose manifest also lists some hosts. Headless browsers
 * show no permission prompt: there a request for a host hangs for ever. The caller removes the folder.
 */
export async function grantHosts(extension: string, patterns: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-granted-'));
  await cp(extension, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { host_permissions?: string[] };
  manifest.host_permissions = [...new Set([...(manifest.host_permissions ?? []), ...patterns])];
  await writeFile(file, JSON.stringify(manifest));
  return folder;
}
