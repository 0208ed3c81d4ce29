import { Dialog } from '@base-ui/react/dialog';
import { useEffect, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useStore } from 'zustand';
import type { BatchEnd, BatchView } from '../../core/batch/batch';
import { groupBy } from '../../core/group-by';
import { indexOf } from '../../core/view/key-index';
import type { KeyView } from '../../core/view/view';
import { isSent, isUnderWay } from '../also';
import { Names } from '../dialogs/plan-rows';
import { SheetHead } from '../dialogs/sheet-head';
import { sayResult } from '../import/say-result';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { ToCliproxyapi } from '../dialogs/to-cliproxyapi';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { sayReason, sayWhole } from '../say';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { Instead } from '../import/also/instead';
import { BatchAlsoEnds } from './batch-there';
import { stageOf, STAGES } from './stage-of';
import type { BatchControl } from './use-batch';

interface Sent {
  order: {
    batchId: string;
    keyIds: readonly string[];
    onClose(): void;
    onRetry(keyIds: readonly string[]): void;
  };
  view: BatchView;
  batch: BatchControl;
}

/** A batch that was sent, in the place of its plan: how far it is, then how many keys are served, and why others are not. */
export function BatchResult(sent: Sent): ReactNode {
  const { toldBatches } = usePage();
  const { batchId } = sent.order;
  const { end } = sent.batch;
  useEffect(() => {
    toldBatches.add(batchId);
    return () => void toldBatches.delete(batchId);
  }, [toldBatches, batchId]);
  return end ? <Ended key="end" {...sent} end={end} /> : <UnderWay key="under way" {...sent} />;
}

function UnderWay({ order: { batchId, keyIds }, view, batch }: Sent): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const { keys } = useView();
  const { stage, isChecking, done, count } = stageOf(view, keys);
  const place = isChecking ? 0.6 + (0.35 * done) / Math.max(1, count) : STAGES.indexOf(stage) * 0.1 + 0.08;
  return (
    <>
      <SheetHead takesFocus title={t('batch.underWay', { count: keyIds.length })} />
      <div className="flex flex-col gap-3 px-4 pb-4 pt-1">
        <ToCliproxyapi from={t('common.keys', { count: keyIds.length })} progress={place} />
        <div className="flex items-center gap-2">
          <div className="min-w-0 flex-1">
            <Status tone="busy" live>
              {isChecking ? t('batch.checking', { done, count }) : t(`result.stage.${stage}`)}
            </Status>
          </div>
          <Button small onClick={() => void order('work.stop', { workId: batchId })}>
            {t(isChecking ? 'result.stopChecking' : 'result.cancel')}
          </Button>
        </div>
        <p className="text-xs text-ink-3">{t(isChecking ? 'batch.isWritten' : 'result.mayClose')}</p>
        <BatchAlsoEnds batchId={batchId} batch={batch} />
      </div>
    </>
  );
}

function Ended({ order, view, batch, end }: Sent & { end: BatchEnd }): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const { keys } = useView();
  const asked = new Set(order.keyIds);
  const own = keys.filter(({ id }) => asked.has(id));
  const rest = own.filter((key) => indexOf(key).group !== 'served');
  const failed = end.kind === 'failed';
  const all = !failed && end.served === end.total;
  const there = useStore(batch.also);
  const places = [...there.values()];
  const ends = [end, ...places.map((place) => place.end)];
  const isWritten = ends.some((one) => one?.kind === 'done' && one.importId !== '');
  const undo = (): void => {
    order.onClose();
    void imports.undo((!failed && end.importId) || order.batchId, '');
  };
  return (
    <>
      <SheetHead
        takesFocus
        title={failed ? t('batch.failed') : t('notice.batch', { served: end.served, count: end.total })}
      />
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-4 pb-3 pt-1">
        <ToCliproxyapi
          from={t('common.keys', { count: order.keyIds.length })}
          progress={failed ? 0.3 : 1}
          tone={failed ? 'danger' : all ? 'ok' : 'warn'}
        />
        {failed ? <FailureNote failure={end.failure} /> : <How all={all} />}
        {!failed && <Rest keys={rest} view={view} />}
        <BatchAlsoEnds batchId={order.batchId} batch={batch} />
        {failed && <Instead failure={end.failure} without={[...there.keys()]} choose={batch.instead} />}
      </div>
      <div className="flex flex-none flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
        {isWritten && (
          <Button look="quiet" className="mr-auto" busy={places.some(isUnderWay)} onClick={undo}>
            {t(places.some(isSent) ? 'also.undo' : 'result.undo')}
          </Button>
        )}
        <Dialog.Close className={rest.length > 0 ? 'btn' : 'btn primary'}>{t('common.close')}</Dialog.Close>
        {rest.length > 0 && (
          <Button look="primary" onClick={() => order.onRetry(rest.map(({ id }) => id))}>
            {t('batch.retry', { count: rest.length })}
          </Button>
        )}
      </div>
    </>
  );
}

/** What “served” means here. */
function How({ all }: { all: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <div>
      <Status tone={all ? 'ok' : 'warn'} live>
        <b className="font-semibold">{t(all ? 'batch.allServed' : 'batch.notAll')}</b>
      </Status>
      <p className="mt-1 text-xs text-ink-2">{t('batch.how')}</p>
    </div>
  );
}

/** The keys that are not served, by reason. */
function Rest({ keys, view: { skipped } }: { keys: readonly KeyView[]; view: BatchView }): ReactNode {
  const { t, i18n } = useTranslation();
  if (keys.length === 0) return null;
  const failures = new Map(skipped.map(({ keyId, failure }) => [keyId, failure]));
  const reasons = groupBy(keys, (key) => {
    const failure =
      key.card?.kind === 'failed' ? key.card.failure : key.card ? undefined : failures.get(key.id);
    return failure ? sayWhole(t, failure, i18n.language) : whyNot(t, key);
  });
  return (
    <ul className="list-disc pl-5 text-xs">
      {[...reasons].map(([reason, those]) => (
        <li key={reason}>
          <b>{reason}</b>
          <Names names={those.map(({ name, mask }) => `${name} ${mask}`)} />
        </li>
      ))}
    </ul>
  );
}

function whyNot(t: TFunction, { card, name }: KeyView): string {
  if (card?.kind !== 'proved') return t('batch.unclear');
  const [first] = card.missing;
  return first ? sayReason(t, first.reason, first.by) : sayResult(t, card, name).text;
}
