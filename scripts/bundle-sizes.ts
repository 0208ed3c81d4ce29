import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildExtension, ROOT } from './build-extension.ts';
import { LATER_PART } from './worker-parts.ts';

/** Bytes. JavaScript and styles as gzip makes them; `eager`: everything that is loaded before a page can draw. */
export interface BundleSizes {
  pages: Record<string, { eagerJs: number; css: number; lazyJs: number }>;
  worker: number;
  /** What the worker loads with the first message that needs it. */
  workerLater: number;
  packed: number;
}

const STATIC = /(?:^|[;}\s)])(?:import|export)\s*(?:[\w$*{}\s,]*?\bfrom\s*)?["']([^"']+)["']/g;
const DYNAMIC = /\bimport\(\s*(?:\/\*.*?\*\/\s*)?["'`]([^"'`]+)["'`]/g;

/** Packs the extension (which builds it) and measures both. Imports are followed in the built files themselves. */
export async function measureBundle(): Promise<BundleSizes> {
  const folder = await buildExtension('zip');
  const html = readdirSync(folder).filter((name) => name.endsWith('.html'));
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    background: { service_worker: string };
  };
  return {
    pages: Object.fromEntries(html.sort().map((name) => [name, pageSizes(folder, name)])),
    worker: gzipOf(folder, followImports(folder, [manifest.background.service_worker]).eager),
    workerLater: gzipOf(folder, [LATER_PART]),
    packed: statSync(newestZip()).size,
  };
}

function pageSizes(folder: string, page: string): BundleSizes['pages'][string] {
  const text = readFileSync(join(folder, page), 'utf8');
  const links = (pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].map((match) => resolveFrom(page, match[1] ?? ''));
  const { eager, lazy } = followImports(folder, links(/<script[^>]*\bsrc="([^"]+)"/g));
  const styles = links(/<link(?=[^>]*rel="stylesheet")[^>]*href="([^"]+)"/g);
  return { eagerJs: gzipOf(folder, eager), css: gzipOf(folder, styles), lazyJs: gzipOf(folder, lazy) };
}

const resolveFrom = (from: string, path: string): string =>
  path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from), path);

function followImports(folder: string, entries: string[]): { eager: string[]; lazy: string[] } {
  const eager = new Set<string>();
  const lazy = new Set<string>();
  const targets = (code: string, from: string, pattern: RegExp): string[] =>
    [...code.matchAll(pattern)]
      .map((match) => match[1] ?? '')
      .filter((path) => /^[./]/.test(path))
      .map((path) => resolveFrom(from, path))
      .filter((path) => existsSync(join(folder, path)));
  const follow = (file: string): void => {
    if (eager.has(file)) return;
    eager.add(file);
    const code = readFileSync(join(folder, file), 'utf8');
    targets(code, file, STATIC).forEach(follow);
    targets(code, file, DYNAMIC).forEach((path) => lazy.add(path));
  };
  entries.forEach(follow);
  return { eager: [...eager], lazy: [...lazy].filter((file) => !eager.has(file)) };
}

const gzipOf = (folder: string, files: string[]): number =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);

function newestZip(): string {
  const output = join(ROOT, '.output');
  const zips = readdirSync(output).filter((name) => name.endsWith('-chrome.zip'));
  const byAge = zips
    .map((name) => join(output, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const newest = byAge[0];
  if (!newest) throw new Error('"wxt zip" left no packed extension in .output');
  return newest;
}
