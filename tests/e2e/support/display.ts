import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A screen of our own, for headed runs. */
export interface Display {
  /** For the environment of the browser. */
  name: string;
  /** Presses real keys, which reach the browser's own prompts too. */
  press(...keys: string[]): Promise<void>;
  /** A figure that ImageMagick computes from a part of the screen. */
  measure(crop: string, format: string, ...operations: string[]): Promise<string>;
  close(): Promise<void>;
}

/** Starts Xvfb on a free display number. */
export async function openDisplay(width = 1280, height = 900): Promise<Display> {
  const screen = `${width}x${height}x24`;
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
  });
  const name = `:${number}`;
  const env = { ...process.env, DISPLAY: name };
  const call = async (program: string, ...options: string[]): Promise<string> =>
    (await execute(program, options, { env })).stdout.trim();
  return {
    name,
    press: async (...keys) => void (await call('xdotool', 'key', '--clearmodifiers', ...keys)),
    measure: (crop, format, ...operations) =>
      call('import', '-silent', '-window', 'root', '-crop', crop, ...operations, '-format', format, 'info:'),
    close: () =>
      new Promise((resolve) => {
        server.once('exit', () => resolve());
        server.kill();
      }),
  };
}
