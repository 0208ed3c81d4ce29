import { ok, type Result } from '../core/failures/result';

/** A server that never ends its list must not fill the memory. */
export const MAX_KEYS = 5_000;

export interface Page<T> {
  items: T[];
  /** How many there are on all pages, where the server says it. */
  total: number | undefined;
}

/**
 * Reads all pages of a list, each id once. Reading ends when the count of the server is reached; at an empty page,
 * since servers without a count may cut pages short; at a page with nothing new, since a server that does not know
 * the page parameter repeats the first page for ever (New API ignores `page`, One Hub ignores `p`: fixtures
 * new-api/keys-list, one-hub/keys-list); and at 5,000. `more` is true when reading ended before the count was
 * reached.
 */
export async function collectPages<T extends { id: number }>(
  readPage: (index: number) => Promise<Result<Page<T>>>,
): Promise<Result<{ items: T[]; more: boolean }>> {
  const found = new Map<number, T>();
  let seen = 0;
  for (let index = 0; ; index++) {
    const page = await readPage(index);
    if (!page.ok) return page;
    const { items, total } = page.value;
    const before = found.size;
    for (const item of items) if (!found.has(item.id)) found.set(item.id, item);
    seen += items.length;
    const ended = found.size === before || (total !== undefined && seen >= total);
    if (ended || found.size >= MAX_KEYS)
      return ok({
        items: [...found.values()].slice(0, MAX_KEYS),
        more: !ended || (total !== undefined && found.size < total),
      });
  }
}
