import { canonicalJson, isPlainObject } from '../json';
import { isEmptyField } from '../cliproxyapi/same-entry';

/** One value as it was before our write, as we left it, and as it is now; undefined: it was or is not there. */
export interface Versions<T = unknown> {
  before: T;
  left: T;
  now: T;
}

/**
 * A field without our part: what we changed and nobody else did since is as it was before, anything else is as it is now.
 * Objects are gone through field by field and lists item by item; where both sides changed one value, that of now stays.
 * CLIProxyAPI turns absent, null and empty into one another, so these count as equal.
 */
export function mergeBack(name: string, { before, left, now }: Versions): unknown {
  const same = (a: unknown, b: unknown): boolean =>
    (isEmptyField(name, a) && isEmptyField(name, b)) || textOf(a) === textOf(b);
  if (same(before, left)) return now;
  if (same(left, now)) return before;
  const values = [before, left, now].filter((value) => !isEmptyField(name, value));
  if (values.every(isPlainObject))
    return mergeFields({ before: fieldsOf(before), left: fieldsOf(left), now: fieldsOf(now) });
  if (values.every((value) => Array.isArray(value)))
    return mergeItems({ before: itemsOf(before), left: itemsOf(left), now: itemsOf(now) });
  return now;
}

type Fields = Readonly<Record<string, unknown>>;

/** The same for every field of an object but those of `except`. Fields stay in their order; what comes back is last. */
export function mergeFields({ before, left, now }: Versions<Fields>, except: readonly string[] = []): Fields {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      if (except.includes(name)) return Object.hasOwn(now, name) ? [[name, now[name]]] : [];
      const own = (fields: Fields): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);
      const value = mergeBack(name, { before: own(before), left: own(left), now: own(now) });
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A list without the items that we added, and with those again that we took out. */
function mergeItems({ before, left, now }: Versions<readonly unknown[]>): unknown[] {
  const kept = minus(now, minus(left, before));
  return [...kept, ...minus(minus(before, left), kept)];
}

/** The items that are not in another list; of equal ones as many go as are there. */
export function minus<T>(items: readonly T[], others: readonly unknown[]): T[] {
  const texts = others.map(textOf);
  return items.filter((item) => {
    const at = texts.indexOf(textOf(item));
    if (at >= 0) texts.splice(at, 1);
    return at < 0;
  });
}

const textOf = (value: unknown): string => canonicalJson(value ?? null);
const fieldsOf = (value: unknown): Fields => (isPlainObject(value) ? value : {});
const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
