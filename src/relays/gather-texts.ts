import { ok, type Result } from '../core/failures/result';

/** Above this many single reads, reading the list costs less. */
const MAX_SINGLE = 5;

interface Sources {
  one(id: number): Promise<Result<string | undefined>>;
  all(): Promise<Result<(readonly [id: number, text: string | undefined])[]>>;
}

/**
 * Reads the texts of keys, by id, from a server that shows them in full. Masked keys are left out; of several, so are
 * deleted ones.
 */
export async function gatherTexts(
  ids: readonly number[],
  sources: Sources,
): Promise<Result<Map<number, string>>> {
  const found = new Map<number, string>();
  if (ids.length > MAX_SINGLE) {
    const listed = await sources.all();
    if (!listed.ok) return listed;
    const wanted = new Set(ids);
    for (const [id, text] of listed.value) if (text !== undefined && wanted.has(id)) found.set(id, text);
    return ok(found);
  }
  for (const id of ids) {
    const text = await sources.one(id);
    const gone = !text.ok && ids.length > 1 && text.failure.code === 'relay-refusal';
    if (!text.ok && !gone) return text;
    if (text.ok && text.value !== undefined) found.set(id, text.value);
  }
  return ok(found);
}
