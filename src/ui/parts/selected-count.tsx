import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from './button';
import type { Selection } from './use-selection';

/** How many rows are chosen; clears the selection, or extends it to all that are shown. */
export function SelectedCount<I extends string | number>({
  shown,
  selection,
}: {
  shown: readonly { id: I }[];
  selection: Selection<I>;
}): ReactNode {
  const { t } = useTranslation();
  const { ids } = selection;
  return (
    <>
      <b className="tabular-nums" role="status">
        {t('batch.selected', { count: ids.size })}
      </b>
      <Button small look="link" onClick={() => selection.set([])}>
        {t('batch.clear')}
      </Button>
      {ids.size < shown.length && (
        <Button small look="link" onClick={() => selection.set(shown.map(({ id }) => id))}>
          {t('batch.allShown', { count: shown.length })}
        </Button>
      )}
    </>
  );
}
