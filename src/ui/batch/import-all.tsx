import type { ReactNode } from 'react';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import type { Selection } from '../parts/use-selection';
import { useTranslation } from '../use-translation';
import { useBatchDialog } from './use-batch-dialog';

/** Opens the plan for all keys shown that can be imported; gives way to the import of those that were chosen. */
export function ImportAll({
  selection,
  open,
  ids,
  hidden = false,
}: {
  selection: Selection;
  /** How many there are. */
  open: number;
  ids(): string[];
  hidden?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  // The page says what its keys are for; in the popup nothing else does.
  const { isPopup } = usePage().page;
  const batch = useBatchDialog(() => selection.set([]));
  return (
    <>
      {open > 1 && selection.ids.size === 0 && !hidden && (
        <Button small look="primary" onClick={() => batch.open(ids())}>
          {t(isPopup ? 'batch.importAllInto' : 'batch.importAll', { count: open })}
        </Button>
      )}
      {batch.dialog}
    </>
  );
}
