import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { BatchEnd, BatchOptions, BatchView } from '../../core/batch/batch';
import type { Failure } from '../../core/failures/failure';
import { standingAt } from '../../core/view/key-index';
import type { ConnectionView } from '../../core/view/view';
import { isSent, type There } from '../also';
import { FileNotes } from '../dialogs/file-notes';
import { saySum } from '../dialogs/plan-sum';
import { AlsoLines, AlsoTo, NotThere, ThereLine } from '../import/also/also-to';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { useTranslation } from '../use-translation';
import { useViewPart } from '../use-view';
import { stageOf } from './stage-of';
import type { BatchAlso, BatchControl } from './use-batch';

interface Batch {
  batchId: string;
  batch: Pick<BatchControl, 'also' | 'options' | 'wanted'>;
}

/** At how many other CLIProxyAPIs it will be carried out with the first. */
export const usePlannedElsewhere = (also: BatchAlso): number =>
  [...useStore(also).values()].filter(
    (there) => there.state.kind === 'open' && there.state.planned.keys > 0 && !isSent(there),
  ).length;

/** The other CLIProxyAPIs that the batch goes to, beside its plan. */
export function BatchAlsoTo(order: Batch): ReactNode {
  return (
    <AlsoTo also={order.batch.also} draft={order.batch.options}>
      {(connection, there) => <BatchThere {...order} connection={connection} there={there} />}
    </AlsoTo>
  );
}

/** How the batch ended, or stands, at the other CLIProxyAPIs that it went to, beside its result. */
export function BatchAlsoEnds(order: Batch): ReactNode {
  return (
    <AlsoLines also={order.batch.also}>
      {(connection, there) => <BatchThere {...order} connection={connection} there={there} sending />}
    </AlsoLines>
  );
}

function BatchThere({
  batchId,
  batch: { also, wanted },
  connection,
  there: { state, end },
  sending = false,
}: Batch & {
  connection: ConnectionView;
  there: There<BatchOptions, BatchView, BatchEnd>;
  /** The batch was sent from the first, so that a plan here needs a button of its own. */
  sending?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const again = (): void => also.again(connection.id);
  const fails = (failure: Failure): ReactNode => <NotThere {...{ failure, connection, wanted, again }} />;
  if (state.kind === 'failed') return fails(state.failure);
  if (state.kind !== 'open') return <ThereLine tone="busy" text={t('also.reading')} />;
  const { planned, replanned, phase } = state;
  if (!isSent({ state, end })) {
    return (
      <>
        {replanned && <ThereLine tone="warn" text={t('also.replan')} />}
        <p className="text-ink-2">{saySum(t, planned.sum)}</p>
        {planned.skipped.length > 0 && (
          <p className="text-warn">{t('batch.skipped', { count: planned.skipped.length })}</p>
        )}
        <FileNotes notices={planned.file} />
        {sending && (
          <Button
            small
            className="mt-1"
            disabled={phase !== 'ready' || planned.keys === 0}
            onClick={() => also.applyAt(connection.id)}
          >
            {t('also.importThere')}
          </Button>
        )}
      </>
    );
  }
  if (!end) return <UnderWay batchId={batchId} view={planned} proxyId={connection.id} />;
  if (end.kind === 'failed') return fails(end.failure);
  const all = end.served === end.total;
  return (
    <ThereLine
      tone={all ? 'ok' : 'warn'}
      text={t('notice.batch', { served: end.served, count: end.total })}
    />
  );
}

function UnderWay({
  batchId,
  view,
  proxyId,
}: {
  batchId: string;
  view: BatchView;
  proxyId: string;
}): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const standings = useViewPart('keys').map((key) => ({
    id: key.id,
    running: standingAt(key, proxyId).running,
  }));
  const { stage, isChecking, done, count } = stageOf(view, standings);
  return (
    <ThereLine
      tone="busy"
      text={isChecking ? t('batch.checking', { done, count }) : t(`result.stage.${stage}`)}
    >
      <Button small onClick={() => void order('work.stop', { workId: batchId }, proxyId)}>
        {t(isChecking ? 'result.stopChecking' : 'result.cancel')}
      </Button>
    </ThereLine>
  );
}
