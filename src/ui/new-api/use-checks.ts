import { useState } from 'react';
import type { Result } from '../../core/failures/result';
import { usePage } from '../page-context';
import type { NewApiReport } from '../../core/new-api/view';

export type Checked = Result<NewApiReport> | 'testing';

export interface Checks {
  of(newApiId: string): Checked | undefined;
  check(newApiId: string): Promise<void>;
  forget(newApiId: string): void;
}

/** What the doctor said of each New API since the page was opened. */
export function useChecks(): Checks {
  const { ask } = usePage();
  const [all, setAll] = useState<Record<string, Checked | undefined>>({});
  const put = (id: string, checked?: Checked): void => setAll((before) => ({ ...before, [id]: checked }));
  return {
    of: (id) => all[id],
    async check(id) {
      put(id, 'testing');
      put(id, await ask('new-api.check', { newApiId: id }));
    },
    forget: (id) => put(id),
  };
}
