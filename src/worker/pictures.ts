import type { View } from '../core/view/view';
import type { Result } from '../core/failures/result';

/** Pages that are open at once, about: one picture for each. */
const MOST = 4;

/** The pictures that pages have, so that they can be told only what changed since. Gone with this life of the worker. */
export interface Pictures {
  /** Names a picture, and keeps it; one that cannot be read any more takes the others along. */
  keep(view: Result<View>): Result<View>;
  at(version: string): View | undefined;
  clear(): void;
}

export function createPictures(): Pictures {
  const kept = new Map<string, View>();
  return {
    keep(view) {
      if (!view.ok) {
        kept.clear();
        return view;
      }
      const version = crypto.randomUUID();
      const named = { ...view.value, version };
      kept.set(version, named);
      for (const old of [...kept.keys()].slice(0, -MOST)) kept.delete(old);
      return { ok: true, value: named };
    },
    at: (version) => kept.get(version),
    clear: () => kept.clear(),
  };
}
