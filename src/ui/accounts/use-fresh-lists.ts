import { useEffect } from 'react';
import { usePage } from '../page-context';
import { useView } from '../use-view';

/** Lists of accounts are shown as they were read last, and read anew behind that once a page is opened. */
export function useFreshLists(): void {
  const { ask } = usePage();
  const any = useView().accounts.length > 0;
  useEffect(() => {
    if (any) void ask('accounts.refresh', { behind: true });
  }, [ask, any]);
}
