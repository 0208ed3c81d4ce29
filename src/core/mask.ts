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

/**
 * A server's own words, fit to be shown: one line, at most 160 characters, and nothing that looks like a key (older New API
 * puts pieces of keys into its messages). They may be as long as a reply may be, and of any shape: the time grows with
 * their length, and no faster.
 */
export function safeText(text: string, secrets: readonly string[] = []): string {
  let safe = text;
  // Relays show a key also without the `sk-` that they add to it.
  const longestFirst = secrets
    .flatMap((secret) => [secret, secret.replace(/^sk-/, '')])
    .filter((secret) => secret !== '')
    .toSorted((a, b) => b.length - a.length);
  for (const secret of longestFirst) safe = withoutSecret(safe, secret);
  safe = safe.trim().split(/\s+/).map(withoutUsers).join(' ').replace(KEY_LIKE, '…');
  return safe.length > 160 ? `${safe.slice(0, 159)}…` : safe;
}

/** A short secret only where it stands alone: else every word with its letters would be gone. */
function withoutSecret(text: string, secret: string): string {
  if (secret.length >= 4) return text.replaceAll(secret, '…');
  const parts = text.split(secret);
  let last = '';
  const pieces = parts.map((part, at) => {
    const inWord = /\w/.test(last) || /^\w/.test(part);
    const piece = at === 0 ? part : (inWord ? secret : '…') + part;
    last = piece.slice(-1);
    return piece;
  });
  return pieces.join('');
}

/**
 * A word without the user and the password of the addresses in it. A password may hold any characters, so it ends at the last
 * `@`. Both expressions stop where another address can begin: one over the whole would look to the end again from each.
 */
function withoutUsers(word: string): string {
  const last = word.lastIndexOf('@');
  const password = /:\/\/[^/?#:]*:/.exec(word.slice(0, Math.max(last, 0)));
  const open = password ? `${word.slice(0, password.index)}://${word.slice(last + 1)}` : word;
  return open.replace(/:\/\/[^/?#:]*@/g, '://');
}
