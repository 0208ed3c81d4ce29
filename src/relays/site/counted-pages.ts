import * as v from 'valibot';
import { hostOf } from '../../core/base-url';
import { fail, type Result } from '../../core/failures/result';
import { openObject } from '../../core/shapes';
import type { Site } from '../ask';
import { collectPages, type Page } from '../collect-pages';

/** The number of a page in both ways of counting. */
export interface PageNumbers {
  /**
   * `p=0` is the first page everywhere. Bare lists count on from 0, counted ones from 1 (fixtures
   * new-api-old/keys-list and new-api/keys-list).
   */
  p: number;
  /** Counts from 1. */
  page: number;
}

export const FIRST_PAGE: PageNumbers = { p: 0, page: 1 };

/**
 * A page of such rows: a bare list, `{items, total}` or `{data, total_count}` (fixtures <server>/keys-list of New API 2025,
 * New API 2026 and One Hub).
 */
export function pageSchemaOf<T>(row: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, Page<T>> {
  const rows = v.nullable(v.array(row));
  return v.union([
    v.pipe(
      v.array(row),
      v.transform((items) => ({ items, total: undefined })),
    ),
    v.pipe(
      openObject({ items: rows, total: v.number() }),
      v.transform(({ items, total }) => ({ items: items ?? [], total })),
    ),
    v.pipe(
      openObject({ data: rows, total_count: v.number() }),
      v.transform(({ data, total_count: total }) => ({ items: data ?? [], total })),
    ),
  ]);
}

/** Reads all rows, each once. The shape of each page decides how the next one is numbered. */
export async function collectCounted<T extends { id: number }>(
  site: Site,
  readPage: (numbers: PageNumbers) => Promise<Result<Page<T>>>,
): Promise<Result<{ items: T[]; more: boolean }>> {
  let counted = true;
  return collectPages<T>(async (index) => {
    const page = await readPage({ p: counted && index > 0 ? index + 1 : index, page: index + 1 });
    if (!page.ok) return page;
    const { items, total } = page.value;
    // A count without rows is not an empty list: a key made because of it could be a second one.
    if (index === 0 && items.length === 0 && total)
      return fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
    counted = total !== undefined;
    return page;
  });
}
