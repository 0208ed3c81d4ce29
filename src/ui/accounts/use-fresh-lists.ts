import { useEffect } from 'react';
import { usePage } from '../page-context';
import { useView } from '../use-view';

/** Reads the accounts anew when a page opens; until then it shows them as they were last read. */
export function useFreshLists(): void {
  const { ask } = usePage();
  const any = useView().accounts.length > 0;
  useEffect(() => {
    if (any) void ask('accounts.refresh', { behind: true });
  }, [ask, any]);
}
