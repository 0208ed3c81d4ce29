import type { ReactNode } from 'react';
import type { KeyView } from '../../core/view/view';
import { importable } from '../keys/filter';
import { Button } from '../parts/button';
import type { Selection } from '../parts/use-selection';
import { useTranslation } from '../use-translation';
import { useBatchDialog } from './use-batch-dialog';

/** Opens the plan for all keys shown that can be imported; gives way to the import of those that were chosen. */
export function ImportAll({
  list: { shown, open, selection },
  hidden = false,
}: {
  list: { shown: readonly KeyView[]; open: number; selection: Selection };
  hidden?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const batch = useBatchDialog(() => selection.set([]));
  return (
    <>
      {open > 1 && selection.ids.size === 0 && !hidden && (
        <Button small look="primary" onClick={() => batch.open(importable(shown))}>
          {t('batch.importAll', { count: open })}
        </Button>
      )}
      {batch.dialog}
    </>
  );
}
