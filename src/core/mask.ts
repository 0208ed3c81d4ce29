/**
 * What may be shown of a key: the first 7 characters, an ellipsis, the last 4. A short key shows less, so that never more
 * than half of it is on screen.
 */
export function maskKey(text: string): string {
  if (text.length >= 22) return `${text.slice(0, 7)}…${text.slice(-4)}`;
  if (text.length >= 12) return `${text.slice(0, 3)}…${text.slice(-2)}`;
  return '…';
}

/** A masked key as relays list it (`Labt**********0002`). It must never be used, compared or exported as a key. */
export const isMasked = (text: string): boolean => /[*•…]|\.{3}|x{5,}/.test(text);

/** The relay's own mask in our form: first 4 + ten stars + last 4 (seen on running New API). */
export function showRelayMask(text: string, prefix: string): string {
  const [, head = '', tail = ''] = /^([^*•]*)[*•]+([^*•]*)$/.exec(text) ?? [];
  return `${head.startsWith(prefix) ? '' : prefix}${head}…${tail}`;
}

const KEY_LIKE = /\b(?:sk|ak|pk|key|tok|mk)[-_][\w*•-]{6,}|[A-Za-z0-9_-]{28,}/g;

/** The user and the password of an address, which may hold any characters. */
const USER_IN_ADDRESS = /:\/\/(?:[^\s/?#:]*:\S*|[^\s/?#]*)@/g;

/**
 * A server's own words, fit to be shown: one line, at most 160 characters, and nothing that looks like a key (older New API
 * puts pieces of keys into its messages).
 */
export function safeText(text: string, secrets: readonly string[] = []): string {
  let safe = text;
  // Relays show a key also without the `sk-` that they add to it.
  const longestFirst = secrets
    .flatMap((secret) => [secret, secret.replace(/^sk-/, '')])
    .filter((secret) => secret !== '')
    .toSorted((a, b) => b.length - a.length);
  for (const secret of longestFirst) safe = withoutSecret(safe, secret);
  safe = safe.replace(USER_IN_ADDRESS, '://').replace(KEY_LIKE, '…').replace(/\s+/g, ' ').trim();
  return safe.length > 160 ? `${safe.slice(0, 159)}…` : safe;
}

/** A short secret only where it stands alone: else every word with its letters would be gone. */
function withoutSecret(text: string, secret: string): string {
  if (secret.length >= 4) return text.replaceAll(secret, '…');
  const parts = text.split(secret);
  return parts.reduce((before, after) => {
    const inWord = /\w$/.test(before) || /^\w/.test(after);
    return before + (inWord ? secret : '…') + after;
  });
}
