/**
 * Whether a text fits a pattern in which `*` stands for any characters, and everything else for itself. Both are compared
 * as they come: callers fold case. Takes no longer than text times pattern, whatever a user types.
 */
export function fitsWildcard(text: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return pattern === text;
  if (!text.startsWith(start)) return false;
  let from = start.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - end.length >= from && text.endsWith(end);
}
