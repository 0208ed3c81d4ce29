import type { CliproxyapiOptions } from '../types.ts';

/** What older servers did otherwise; only differences that a client can trip over are imitated. */
export interface Abilities {
  disabled: boolean;
  banLocal: boolean;
  authOnUnknownPaths: boolean;
  exposesHeaders: boolean;
  supportPluginHeader: boolean;
  reloadAtOnce: boolean;
  coolingInSection: boolean;
  traceId: boolean;
  /** Whether and how `/v8/management` is there. */
  v8: V8 | null;
}

export interface V8 {
  stage: 'a' | 'b';
  /** A fork's: every read of the configuration has a revision, which every write must name. */
  etag: boolean;
}

/** 8.x, by its number or because the options ask for what only 8.x has. */
export function v8Of({ version = '', layout, file, stage, etag }: CliproxyapiOptions): V8 | null {
  const asked = layout ?? file ?? stage ?? etag;
  const is8 = asked !== undefined || /^v?(?:[89]|\d\d+)\./.test(version);
  return is8 ? { stage: stage ?? 'b', etag: etag ?? false } : null;
}

export function abilitiesOf(version: string, v8: V8 | null): Abilities {
  const since = (floor: string): boolean => isAtLeast(version, floor);
  return {
    disabled: since('6.9.39'),
    banLocal: since('6.9.38'),
    authOnUnknownPaths: since('7.1.47'),
    supportPluginHeader: since('7.1.69'),
    exposesHeaders: since('7.1.73'),
    reloadAtOnce: since('7.2.19'),
    coolingInSection: since('7.2.44'),
    traceId: since('7.2.84'),
    v8,
  };
}

/** `dev` and anything else that is no version counts as new. */
function isAtLeast(version: string, floor: string): boolean {
  const have = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (!have) return true;
  const want = floor.split('.').map(Number);
  for (const [i, part] of want.entries()) {
    if (have[i] !== part) return (have[i] ?? 0) > part;
  }
  return true;
}
