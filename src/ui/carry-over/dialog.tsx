import { useMemo, type ReactNode } from 'react';
import type { CarryItem, CarryPlan } from '../../core/carry-over/view';
import { DialogShell } from '../dialogs/dialog-shell';
import { firstField, topDialog } from '../dialogs/focus';
import { PlanDialog } from '../dialogs/plan-dialog';
import { EditsPlan } from '../entries/edits-plan';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { Progress } from '../parts/progress';
import { Status } from '../parts/status';
import { sayNames } from '../say';
import { useTranslation } from '../use-translation';
import { useProgress } from '../use-work';
import { usePage } from '../page-context';
import { CarryResult } from './result';
import { Uncarried } from './uncarried';
import { UnreadNote } from './unread-note';
import { useCarry, type CarryState, type Names, type Way } from './use-carry';

interface Order {
  carryId: string;
  items: readonly CarryItem[];
}

/** The plan for what was chosen, how far it is, and how each entry ended. */
export function CarryDialog({
  order: { carryId, items },
  way,
  names,
  onClose,
}: {
  order: Order;
  way: Way;
  names: Names;
  onClose(written: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const chosen = useMemo(() => items.map(({ id }) => id), [items]);
  const { state, apply, stop } = useCarry(carryId, way, chosen);
  const importId = state.kind === 'ended' && state.end.kind === 'done' ? state.end.importId : '';
  const written = state.kind === 'writing' || importId !== '';
  const undo = (): void => {
    onClose(true);
    void imports.undo(importId, '');
  };
  return (
    <DialogShell
      size="wide"
      title={t('carry.planTitle', { ...names })}
      onClose={() => onClose(written)}
      initialFocus={() => firstField() ?? topDialog()}
    >
      <PlanDialog
        form="wide"
        idle={state.kind === 'ended' || state.kind === 'writing'}
        lead={
          importId !== '' && (
            <Button look="quiet" className="mr-auto" onClick={undo}>
              {t('carry.undo')}
            </Button>
          )
        }
        action={state.kind === 'plan' && <Add plan={state.plan} onAdd={() => void apply()} />}
      >
        <Body state={state} names={names} />
        {state.kind === 'writing' && <Writing carryId={carryId} to={way.to} names={names} onStop={stop} />}
      </PlanDialog>
    </DialogShell>
  );
}

function Body({ state, names }: { state: CarryState; names: Names }): ReactNode {
  const { t } = useTranslation();
  if (state.kind === 'planning')
    return (
      <Status tone="busy" live>
        {t('carry.reading')}
      </Status>
    );
  if (state.kind === 'plan') return <Plan {...state} names={names} />;
  if (state.kind === 'writing') return null;
  const { end } = state;
  if (end.kind === 'unread') return <UnreadNote unread={end} names={names} />;
  return end.kind === 'failed' ? (
    <FailureNote failure={end.failure} />
  ) : (
    <CarryResult end={end} names={names} />
  );
}

function Plan({ plan, replanned, names }: { plan: CarryPlan; replanned: boolean; names: Names }): ReactNode {
  const { t } = useTranslation();
  const { pooled, paused, gone, uncarried } = plan;
  return (
    <>
      <EditsPlan
        view={plan}
        replanned={replanned}
        ofKeys={false}
        place={t('common.place', { name: names.to })}
      />
      {gone > 0 && <Note tone="warn">{t('carry.gone', { count: gone })}</Note>}
      {paused.length > 0 && (
        <Note>{t('carry.paused', { ...names, names: sayNames(t, paused), count: paused.length })}</Note>
      )}
      {pooled.names > 0 && (
        <Note tone="warn">
          {t('batch.pooled', { count: pooled.names, others: sayNames(t, pooled.others) })}
        </Note>
      )}
      <Uncarried uncarried={uncarried} names={names} />
    </>
  );
}

function Add({ plan, onAdd }: { plan: CarryPlan; onAdd(): void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Button look="primary" disabled={plan.entries.length === 0} onClick={onAdd}>
      {t('carry.add')}
    </Button>
  );
}

function Writing({
  carryId,
  to,
  names,
  onStop,
}: {
  carryId: string;
  to: string;
  names: Names;
  onStop(): void;
}): ReactNode {
  const { t } = useTranslation();
  const progress = useProgress(carryId, to);
  return (
    <Progress
      text={
        progress
          ? t('batch.checking', { done: progress.done, count: progress.total })
          : t('carry.writing', { ...names })
      }
      progress={progress ?? { done: 0, total: 1 }}
      onStop={onStop}
    />
  );
}
