import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { isServedWhole, type ProvedCard } from '../../core/cliproxyapi/proved-card';
import type { Failure } from '../../core/failures/failure';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import type { SentImport } from '../import-store';
import { useTranslation } from '../use-translation';
import { useViewPart } from '../use-view';
import { isSent, isUnderWay } from '../also';
import { FailureFoot } from './failure-actions';
import { useStartImport } from './start-import';

/** What comes next: to take it back, to look at it, to try again, and the next key. */
export function ResultFoot({
  state: { opened, also },
  card,
  failure,
}: {
  state: SentImport;
  /** Absent: it failed. */
  card?: ProvedCard;
  /** Why it failed. */
  failure?: Failure;
}): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const start = useStartImport();
  const { keyId, keyName: name } = opened;
  const next = nextKey(useViewPart('keys'), keyId);
  const places = [...useStore(also).values()];
  const isWritten =
    (card !== undefined && card.importId !== '') ||
    places.some(({ end }) => end?.kind === 'proved' && end.card.importId !== '');
  const undo = (): void => {
    imports.close();
    const importId = places.some(isSent) ? also.together : (card?.importId ?? '');
    void imports.undo(importId, name, undefined, keyId);
  };
  return (
    <div className="flex flex-none flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
      {isWritten && (
        <Button look="quiet" className="mr-auto" busy={places.some(isUnderWay)} onClick={undo}>
          {places.some(isSent) ? t('also.undo') : t('result.undo')}
        </Button>
      )}
      <Dialog.Close className={failure || next ? 'btn' : 'btn primary'}>{t('common.close')}</Dialog.Close>
      {failure ? (
        <FailureFoot failure={failure} keyId={keyId} />
      ) : (
        next && (
          <Button
            // What is not served whole comes first to the eye, and not the next key.
            {...(card && isServedWhole(card) && { look: 'primary' })}
            onClick={() => void start(next.id)}
          >
            {t('result.next', { name: next.name === name ? next.mask : next.name })}
          </Button>
        )
      )}
    </div>
  );
}

/** The next key in the list that is not imported, from the one that was; after the last comes the first. */
function nextKey(keys: readonly KeyView[], keyId: string): KeyView | undefined {
  const at = keys.findIndex(({ id }) => id === keyId);
  return [...keys.slice(at + 1), ...keys.slice(0, Math.max(0, at))].find(
    ({ card, running, status }) => !card && !running && status === 'enabled',
  );
}
