const STARS = '**********';

/**
 * Masks a whole key as New API does: first 4 characters, ten stars, last 4 (v1.0.0-lab.20260728, fixture
 * new-api/keys-list). A leading `sk-` stays; a short key shows less.
 */
export function starMask(text: string): string {
  const prefix = /^sk-/.exec(text)?.[0] ?? '';
  const bare = text.slice(prefix.length);
  if (bare.length >= 22) return prefix + bare.slice(0, 4) + STARS + bare.slice(-4);
  return bare.length >= 12 ? prefix + bare.slice(0, 2) + STARS + bare.slice(-2) : STARS;
}

/** Puts the prefix before a key that lacks it. */
export const withPrefix = (text: string, prefix: string): string =>
  text.startsWith(prefix) ? text : prefix + text;
