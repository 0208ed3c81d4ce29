import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { MOST_MODELS } from '../../core/aliases/proposed-models';
import type { BatchView } from '../../core/batch/batch';
import type { BatchChoice } from '../../core/view/intent';
import { Button } from '../parts/button';
import { ToCliproxyapi } from '../dialogs/to-cliproxyapi';
import { FailureNote } from '../parts/failure-text';
import { BarredNote } from '../dialogs/barred-note';
import { FileNotes } from '../dialogs/file-notes';
import { TroubleNote } from '../dialogs/trouble-note';
import { Note } from '../parts/note';
import { Status } from '../parts/status';
import { sayFailure, sayNames } from '../say';
import { usePlace, useView } from '../use-view';
import { Instead } from '../import/also/instead';
import { BatchAlsoTo, usePlannedElsewhere } from './batch-there';
import { BatchShared } from './options';
import { BatchProviders } from './providers';
import { BatchRules } from './rules';
import { BatchTryChat } from './try-chat';
import { BatchResult } from './result';
import { useBatch, type BatchControl } from './use-batch';
import { PlanDialog } from '../dialogs/plan-dialog';
import { PlanSumLine, sayStays } from '../dialogs/plan-sum';
import { DialogShell } from '../dialogs/dialog-shell';

/** One plan for many keys: what each provider gets, which keys are left out and why, and one button that writes it all. */
export function BatchDialog(order: {
  batchId: string;
  keyIds: readonly string[];
  onClose(): void;
  /** The button was pressed: the keys need not be selected any longer. */
  onImporting(): void;
  /** Taken up where the browser's prompt interrupted it. */
  chosen?: BatchChoice | undefined;
  /** Opens a batch of keys that are not served. */
  onRetry(keyIds: readonly string[]): void;
}): ReactNode {
  const { t } = useTranslation();
  const batch = useBatch(order);
  const { state } = batch;
  if (state.kind === 'closed') return null;
  const sent = state.kind === 'open' && (state.phase === 'applying' || state.phase === 'done');
  const title = t('batch.title', { count: order.keyIds.length });
  return (
    <DialogShell size="wide" {...(!sent && { title })} onClose={batch.cancel}>
      {sent ? (
        <BatchResult order={order} view={state.planned} batch={batch} />
      ) : (
        <PlanDialog form="wide" action={<Action batch={batch} />}>
          {state.kind === 'opening' && <Opening keyIds={order.keyIds} />}
          {state.kind === 'failed' && (
            <>
              <FailureNote failure={state.failure} />
              <Instead failure={state.failure} choose={batch.instead} />
            </>
          )}
          {state.kind === 'open' && (
            <Plan batchId={order.batchId} view={state.planned} replanned={state.replanned} batch={batch} />
          )}
        </PlanDialog>
      )}
    </DialogShell>
  );
}

function Opening({ keyIds }: { keyIds: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const { keys } = useView();
  const asked = new Set(keyIds);
  const waiting = keys.filter(({ id, running }) => asked.has(id) && running?.stage === 'listing').length;
  const done = keyIds.length - waiting;
  return (
    <>
      <ToCliproxyapi
        from={t('common.keys', { count: keyIds.length })}
        progress={waiting > 0 ? done / keyIds.length / 2 : 0}
      />
      <Status tone="busy" live>
        {waiting > 0 ? t('batch.listing', { done, count: keyIds.length }) : t('sheet.reading')}
      </Status>
    </>
  );
}

function Plan({
  batchId,
  view,
  replanned,
  batch,
}: {
  batchId: string;
  view: BatchView;
  replanned: boolean;
  batch: BatchControl;
}): ReactNode {
  const { t } = useTranslation();
  const place = usePlace();
  const { providers, pooled, leftOut, sum } = view;
  const stays = sayStays(t, sum, place);
  return (
    <>
      {replanned && <Note tone="warn">{t('sheet.replan')}</Note>}
      <div>
        <PlanSumLine sum={sum} />
        {stays && <p className="text-ink-3">{stays}</p>}
        {view.unchanged && <p className="text-xs text-ink-2">{t('batch.nothingToDo')}</p>}
      </div>
      <BatchProviders view={view} batch={batch} />
      {pooled.names > 0 && (
        <Note tone="warn">
          {t('batch.pooled', { count: pooled.names, others: sayNames(t, pooled.others) })}
        </Note>
      )}
      {leftOut > 0 && <Note>{t('batch.leftOut', { count: leftOut })}</Note>}
      <TroubleNote keyIds={providers.flatMap(({ keys }) => keys.map(({ keyId }) => keyId))} />
      <BarredNote names={view.barred} />
      {view.beyond.models > 0 && (
        <Note tone="warn">
          {t('batch.beyond', {
            count: view.beyond.models,
            names: sayNames(t, view.beyond.names),
            most: MOST_MODELS,
          })}
        </Note>
      )}
      {view.languages?.map(({ kind, list, names }) => (
        <Note key={`${kind} ${list}`} tone="warn">
          <b>{sayNames(t, names)}</b> {t(`planNotice.${kind}`, { api: t(`speaks.${list}`) })}
        </Note>
      ))}
      <FileNotes notices={view.file} />
      <Skipped view={view} batch={batch} />
      <BatchShared options={batch.options} onEdit={batch.edit} />
      <BatchRules batch={batch} dropped={view.dropped} />
      <BatchAlsoTo batchId={batchId} batch={batch} />
      {view.keys > 0 && <BatchTryChat view={view} batch={batch} />}
    </>
  );
}

function Skipped({ view: { skipped }, batch }: { view: BatchView; batch: BatchControl }): ReactNode {
  const { t, i18n } = useTranslation();
  if (skipped.length === 0) return null;
  return (
    <Note tone="warn">
      <b>{t('batch.skipped', { count: skipped.length })}</b>
      <ul className="mt-1">
        {skipped.map(({ keyId, name, mask, failure }) => {
          const { what, next } = sayFailure(t, failure, i18n.language);
          return (
            <li key={keyId}>
              <b>{name}</b> <span className="mono text-xs">{mask}</span>: {what} {next}
            </li>
          );
        })}
      </ul>
      <Button small className="mt-2" onClick={batch.again}>
        {t('common.retry')}
      </Button>
    </Note>
  );
}

/** What the batch does, as its button says it. */
function sayBatch(t: TFunction, { keys: count, unchanged, sum: { adds, changes } }: BatchView): string {
  if (unchanged) return t('batch.ask', { count });
  if (adds.keys > 0) return t('batch.import', { count });
  return adds.models > 0
    ? t('sheet.addModels', { count: adds.models })
    : t('sheet.change', { count: changes.settings + changes.aliases });
}

function Action({ batch }: { batch: BatchControl }): ReactNode {
  const { t } = useTranslation();
  const { state } = batch;
  const elsewhere = usePlannedElsewhere(batch.also);
  if (state.kind === 'failed') {
    return (
      <Button look="primary" onClick={batch.again}>
        {t('common.retry')}
      </Button>
    );
  }
  if (state.kind !== 'open') return null;
  return (
    <Button
      look="primary"
      disabled={state.planned.keys === 0 || state.phase !== 'ready'}
      onClick={batch.apply}
    >
      {elsewhere > 0 ? t('also.import', { count: 1 + elsewhere }) : sayBatch(t, state.planned)}
    </Button>
  );
}
