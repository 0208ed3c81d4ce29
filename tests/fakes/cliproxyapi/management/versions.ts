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
}

export function abilitiesOf(version: string): Abilities {
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
