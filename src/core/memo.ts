interface Cache<K, V> {
  has(key: K): boolean;
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** A function that computes the value of each key once. `cache`: a WeakMap for objects, so that it does not keep them. */
export const memo =
  <K, V>(compute: (key: K) => V, cache: Cache<K, V> = new Map<K, V>()) =>
  (key: K): V => {
    if (!cache.has(key)) cache.set(key, compute(key));
    return cache.get(key) as V;
  };
