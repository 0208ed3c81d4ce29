import { useEffect, useState } from 'react';
import { usePage } from '../page-context';
import type { NewApiView } from '../../core/new-api/view';

/** All New APIs with what only their own pages show, read anew whenever the picture changes. Null: not read yet. */
export function useNewApis(): NewApiView[] | null {
  const { ask, view } = usePage();
  const [all, setAll] = useState<NewApiView[] | null>(null);
  useEffect(() => {
    let here = true;
    const read = (): void =>
      void ask('new-api.list', {}).then((listed) => here && listed.ok && setAll(listed.value));
    read();
    const leave = view.subscribe(read);
    return () => {
      here = false;
      leave();
    };
  }, [ask, view]);
  return all;
}
