import { useSyncExternalStore } from 'react';

/** The parts of the address after `#/`: the page, then what it is to show. */
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
