const STARS = '**********';

/**
 * A whole key in the form of New API's own masks: first 4 signs, ten stars, last 4 (seen on running servers).
 * A key's `sk-` stays before it; of a short key less is shown.
 */
export function starMask(text: string): string {
  const prefix = /^sk-/.exec(text)?.[0] ?? '';
  const bare = text.slice(prefix.length);
  if (bare.length >= 22) return prefix + bare.slice(0, 4) + STARS + bare.slice(-4);
  return bare.length >= 12 ? prefix + bare.slice(0, 2) + STARS + bare.slice(-2) : STARS;
}

/** Put before a key once. */
export const withPrefix = (text: string, prefix: string): string =>
  text.startsWith(prefix) ? text : prefix + text;
