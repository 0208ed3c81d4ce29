import { ok, type Result } from '../core/failures/result';
import type { Document } from '../ports/document';
import type { Ports } from './ports';

/** Changes a stored document and tells the open pages. */
export async function changeAndNotify<T>(
  { pages }: Pick<Ports, 'pages'>,
  document: Document<T>,
  edit: (content: T) => void,
): Promise<Result<true>> {
  const changed = await document.change(edit);
  if (!changed.ok) return changed;
  await pages.notify();
  return ok(true);
}
