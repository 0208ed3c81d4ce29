import { Suspense, useState, type ReactNode } from 'react';
import type { BatchChoice } from '../../core/view/intent';
import { lazyNamed } from '../lazy-named';

const BatchDialog = lazyNamed(() => import('./dialog'), 'BatchDialog');

/** The dialog of a batch, and the way to open it for some keys. */
export function useBatchDialog(onImporting: () => void = () => undefined): {
  open(keyIds: Iterable<string>, chosen?: BatchChoice): void;
  dialog: ReactNode;
} {
  const [batch, setBatch] = useState<{ id: string; keyIds: string[]; chosen?: BatchChoice } | null>(null);
  const open = (keyIds: Iterable<string>, chosen?: BatchChoice): void =>
    setBatch({ id: crypto.randomUUID(), keyIds: [...keyIds], ...(chosen && { chosen }) });
  return {
    open,
    dialog: (
      <Suspense>
        {batch && (
          <BatchDialog
            key={batch.id}
            batchId={batch.id}
            keyIds={batch.keyIds}
            chosen={batch.chosen}
            onClose={() => setBatch(null)}
            onImporting={onImporting}
            onRetry={open}
          />
        )}
      </Suspense>
    ),
  };
}
