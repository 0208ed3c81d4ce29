import { useEffect, useState } from 'react';
import type { NewApiView } from '../../../core/channel-view';
import { usePage } from '../../page-context';
import { useView } from '../../use-view';

/** All New APIs with what only their own pages show, read anew whenever the picture changes. Null: not read yet. */
export function useNewApis(): NewApiView[] | null {
  const { ask } = usePage();
  const { newApis } = useView();
  const [all, setAll] = useState<NewApiView[] | null>(null);
  useEffect(() => {
    let here = true;
    void ask('new-api.list', {}).then((listed) => here && listed.ok && setAll(listed.value));
    return () => void (here = false);
  }, [ask, newApis]);
  return all;
}
