/** `[major, minor, patch]` */
export type Version = readonly [number, number, number];

/** Before 6.9.39 `disabled` is dropped: writing a list back would switch providers on (CLIProxyAPI 7.2). */
export const FLOOR: Version = [6, 9, 39];
export const FLOOR_TEXT = '6.9.39';

/**
 * The version in `X-CPA-VERSION`: `7.2.140`, `v7.2.140`, with suffixes; `dev` and the like are undefined, which means
 * unknown, not old (CLIProxyAPI 7.2).
 */
export function parseVersion(text: string | null | undefined): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:\D.*)?$/.exec(text?.trim() ?? '');
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

export function atLeast([major, minor, patch]: Version, floor: Version): boolean {
  if (major !== floor[0]) return major > floor[0];
  return minor === floor[1] ? patch >= floor[2] : minor > floor[1];
}
