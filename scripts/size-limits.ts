import type { BundleSizes } from './bundle-sizes.ts';

const KB = 1024;

export interface SizeLine {
  what: string;
  kb: number;
  limitKb: number;
  ok: boolean;
}

/** Sizes decide how soon a page is there, and unlike times they are the same on every machine: so they are limits. */
export function judgeSizes(sizes: BundleSizes): SizeLine[] {
  const line = (what: string, bytes: number, limitKb: number): SizeLine => ({
    what,
    kb: Math.round((bytes / KB) * 10) / 10,
    limitKb,
    ok: bytes <= limitKb * KB,
  });
  return [
    ...Object.entries(sizes.pages).flatMap(([page, { eagerJs, css }]) => [
      line(`${page} eager JS, gzip`, eagerJs, 110),
      line(`${page} CSS, gzip`, css, 8),
    ]),
    line('worker, gzip', sizes.worker, 40),
    // Nobody waits for it: it comes while a plan is read. The groups of CLIProxyAPI 8 are 4 KB of it, what goes from one
    // CLIProxyAPI to another 4 KB more.
    line('worker, loaded later, gzip', sizes.workerLater, 77),
    // Texts of two languages are most of what it grows by.
    line('packed extension', sizes.packed, 500),
  ];
}

export const sizeTable = (lines: SizeLine[]): string =>
  lines
    .map(({ what, kb, limitKb, ok }) => {
      const verdict = ok ? '' : '  TOO LARGE';
      return `${what.padEnd(32)}${kb.toFixed(1).padStart(8)} KB  of ${limitKb}${verdict}`;
    })
    .join('\n');
