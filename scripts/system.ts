import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The whole path of a program, or undefined. */
export function findOnPath(name: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, file)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs a program; true if it ended well. What it says goes to stderr, so that stdout stays ours. */
export function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** Only where nobody has to be asked: as root, on a system with apt. */
export async function installDebianPackages(packages: string[]): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/debian_version'))
    return false;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  process.stderr.write(`Installing ${packages.join(', ')} …\n`);
  if (!(await run('apt-get', ['update', '-qq'], env))) return false;
  return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env);
}
