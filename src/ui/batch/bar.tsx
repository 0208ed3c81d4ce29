import { Share2 } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView } from '../../core/view/view';
import { lazyNamed } from '../lazy-named';
import { Button } from '../parts/button';
import { FerryIcon } from '../parts/icons';
import { useEdits } from '../entries/use-edits';
import { useBatchDialog } from './use-batch-dialog';
import type { Selection } from '../parts/use-selection';
import { SelectedCount } from '../parts/list-controls';

const ExportDialog = lazyNamed(() => import('../channel-export/dialog'), 'ExportDialog');

/** What can be done with the chosen keys; shown at the foot of the page while there are any. */
export function BatchBar({
  selection,
  shown,
}: {
  selection: Selection;
  shown: readonly KeyView[];
}): ReactNode {
  const { t } = useTranslation();
  const batch = useBatchDialog(() => selection.set([]));
  const { ids } = selection;
  const edits = useEdits(
    () => ({ keyIds: [...ids], entries: [] }),
    () => selection.set([]),
  );
  const [exporting, setExporting] = useState<string[] | null>(null);
  return (
    <>
      {ids.size > 0 && (
        <section
          aria-label={t('batch.bar')}
          className="panel sticky bottom-4 z-[5] mt-3 flex flex-wrap items-center gap-2 border-accent-line px-4 py-3 shadow-pop"
        >
          <SelectedCount shown={shown} selection={selection} />
          <span className="ml-auto flex flex-wrap justify-end gap-2">
            {edits.button({})}
            <Button onClick={() => setExporting([...ids])}>
              <Share2 size={16} aria-hidden />
              {t('channelExport.export', { count: ids.size })}
            </Button>
            <Button look="primary" onClick={() => batch.open(ids)}>
              <FerryIcon size={16} />
              {t('batch.import', { count: ids.size })}
            </Button>
          </span>
        </section>
      )}
      {batch.dialog}
      {edits.dialog}
      <Suspense>
        {exporting && <ExportDialog keyIds={exporting} onClose={() => setExporting(null)} />}
      </Suspense>
    </>
  );
}
