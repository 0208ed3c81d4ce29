import { fail, ok, type Result } from '../core/failures/result';
import type { Document } from '../ports/document';
import type { DocumentKind } from './documents';
import { openStored, sealStored } from './migrate';
import { STORAGE_VERSION } from './schema';

/** One text under one name, wherever it is stored. `undefined`: nothing was ever written. */
export interface Slot {
  get(): Promise<string | undefined>;
  set(text: string): Promise<void>;
}

/** A document in a slot. Changes wait for one another; the parsed document is remembered, since only the worker writes. */
export function storedDocument<T>(
  slot: Slot,
  { schema, migrations }: DocumentKind<T>,
  empty: () => T,
): Document<T> {
  let known: T | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const load = async (): Promise<Result<T>> => {
    if (known !== undefined) return ok(known);
    let text: string | undefined;
    try {
      text = await slot.get();
    } catch {
      return fail({ code: 'storage-unreadable' });
    }
    if (text === undefined) return ok((known = empty()));
    const opened = openStored(text, schema, STORAGE_VERSION, migrations);
    if (opened.ok) known = opened.value;
    return opened;
  };

  const edit = async <R>(change: (document: T) => R, orRemember = false): Promise<Result<R>> => {
    const current = await load();
    if (!current.ok) return current;
    const draft = structuredClone(current.value);
    const result = change(draft);
    try {
      await slot.set(sealStored(draft, STORAGE_VERSION));
    } catch {
      if (orRemember) known = draft;
      return fail({ code: 'storage-full' });
    }
    known = draft;
    return ok(result);
  };

  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const reset = async (): Promise<void> => {
    const fresh = empty();
    await slot.set(sealStored(fresh, STORAGE_VERSION));
    known = fresh;
  };

  const forget = async (): Promise<void> => {
    known = undefined;
  };

  return {
    read: () => inTurn(load),
    change: (change) => inTurn(() => edit(change)),
    changeOrRemember: (change) => inTurn(() => edit(change, true)),
    forget: () => inTurn(forget),
    reset: () => inTurn(reset),
  };
}
