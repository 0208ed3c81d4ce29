import * as v from 'valibot';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/result';
import { openObject } from '../../core/shapes';
import type { Http } from '../../ports/http';
import type { Ask, Site } from '../ask';
import { collectPages, type Page } from '../collect-pages';
import { askData } from './envelope';

/** The number of a page in both ways of counting. */
export interface PageNumbers {
  /** `p=0` is the first page everywhere: a bare list counts on from 0, a counted one from 1 (seen on running servers). */
  p: number;
  /** Counts from 1. */
  page: number;
}

export const FIRST_PAGE: PageNumbers = { p: 0, page: 1 };

/** What a page of such rows may be: a bare list, `{items, total}` or `{data, total_count}` (seen on running servers). */
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

/** One page; what is none fails with `relay-shape`. */
export async function askPage<T>(
  http: Http,
  site: Site,
  request: Ask,
  schema: v.GenericSchema<unknown, Page<T>>,
): Promise<Result<Page<T>>> {
  const reply = await askData(http, site, request);
  if (!reply.ok) return reply;
  const parsed = v.safeParse(schema, reply.value);
  return parsed.success ? ok(parsed.output) : unread(site);
}

/** All rows of a list, each once: what comes tells how the next page is numbered. */
export async function collectCounted<T extends { id: number }>(
  site: Site,
  readPage: (numbers: PageNumbers) => Promise<Result<Page<T>>>,
): Promise<Result<{ items: T[]; more: boolean }>> {
  let counted = true;
  return collectPages<T>(async (index) => {
    const page = await readPage({ p: counted && index > 0 ? index + 1 : index, page: index + 1 });
    if (!page.ok) return page;
    const { items, total } = page.value;
    // Rows are counted and not shown: that is no empty list, beside which a second one would be made.
    if (index === 0 && items.length === 0 && total) return unread(site);
    counted = total !== undefined;
    return page;
  });
}

const unread = (site: Site): Result<never> => fail({ code: 'relay-shape', host: hostOf(site.siteUrl) });
