import { useSyncExternalStore } from 'react';

/** What stands behind `#/`, part by part: the page first, then what it is to show. */
export function useHash(): string[] {
  const hash = useSyncExternalStore(
    (changed) => {
      addEventListener('hashchange', changed);
      return () => removeEventListener('hashchange', changed);
    },
    () => location.hash,
  );
  return hash.replace(/^#\/?/, '').split('/');
}
