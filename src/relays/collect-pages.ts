import { ok, type Result } from '../core/result';

/** More keys than this are not listed: a server that never ends its list must not fill the memory. */
export const MOST_KEYS = 5_000;

export interface Page<T> {
  items: T[];
  /** How many there are on all pages, where the server says it. */
  total: number | undefined;
}

/**
 * All pages of a list, each id once. It ends where the server's count is reached; with an empty page, as servers that
 * give no count may cut pages shorter than asked; with a page that brings nothing new, as a server that does not know
 * the page parameter gives the first page for ever (seen on running servers); and at 5,000. One that ended before the
 * server's own count is not called whole.
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
    if (ended || found.size >= MOST_KEYS)
      return ok({
        items: [...found.values()].slice(0, MOST_KEYS),
        more: !ended || (total !== undefined && found.size < total),
      });
  }
}
