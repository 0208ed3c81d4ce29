import type { ReactNode } from 'react';
import { DialogShell } from '../dialogs/dialog-shell';
import { firstField, inTopDialog, topDialog, useLateFocus } from '../dialogs/focus';
import { PlanDialog } from '../dialogs/plan-dialog';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Field } from '../parts/field';
import { CheckBox } from '../parts/inputs';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { usePlace } from '../use-view';
import { EditsPlan } from './edits-plan';
import { useEditsFlow, type EditsControl, type EditsOrder } from './use-edits-flow';

/** One plan for all that is selected: what becomes of each entry, what is left out and why, and one button. */
export function EditsDialog({ order, onClose }: { order: EditsOrder; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const { name, keyIds, entries } = order;
  const place = usePlace();
  const control = useEditsFlow(order);
  const { state } = control;
  const what =
    keyIds.length > 0
      ? t('common.keys', { count: keyIds.length })
      : t('common.providers', { count: entries.length });
  useLateFocus(state.kind !== 'opening', next);
  return (
    <DialogShell
      size="wide"
      title={t(`edits.title.${name}`, { place, what })}
      onClose={onClose}
      initialFocus={() => (state.kind === 'opening' ? (firstField() ?? topDialog()) : next())}
    >
      <PlanDialog form="wide" action={<Action order={order} control={control} />}>
        <Values order={order} control={control} />
        {state.kind === 'opening' && (
          <Status tone="busy" live>
            {t('entry.reading')}
          </Status>
        )}
        {state.kind === 'failed' && <FailureNote failure={state.failure} />}
        {state.kind === 'open' && (
          <EditsPlan
            view={state.planned}
            replanned={state.replanned}
            ofKeys={keyIds.length > 0}
            place={place}
          />
        )}
        {name === 'remove' && keyIds.length === 0 && (
          <p className="text-xs text-ink-3">{t('entry.undoSession')}</p>
        )}
      </PlanDialog>
    </DialogShell>
  );
}

/**
 * The field, or what carries the plan out or tries again. What removes does not get the focus unasked: `Cancel` does.
 */
const next = (): HTMLElement | null =>
  firstField() ?? inTopDialog('.primary:not([disabled])') ?? inTopDialog('.btn[data-gives-up]');

const LABELS = { priority: 'dialog.priority', proxy: 'edits.proxy', prefix: 'dialog.prefix' } as const;

/** The one value that all get, or what a removal does with providers whose keys all go. */
function Values({
  order: { name, keyIds },
  control: { draft, edit },
}: {
  order: EditsOrder;
  control: EditsControl;
}): ReactNode {
  const { t } = useTranslation();
  if (name === 'priority' || name === 'proxy' || name === 'prefix')
    return (
      <Field
        label={t(LABELS[name])}
        help={t(`edits.help.${name}`)}
        mono={name !== 'priority'}
        inputMode={name === 'priority' ? 'numeric' : undefined}
        value={draft.text}
        onChange={(event) => edit({ text: event.target.value })}
      />
    );
  return (
    name === 'remove' &&
    keyIds.length > 0 && (
      <CheckBox
        help={t('edits.emptiedHelp')}
        checked={draft.emptied}
        onChange={(emptied) => edit({ emptied })}
      >
        {t('edits.emptied')}
      </CheckBox>
    )
  );
}

function Action({ order: { name }, control }: { order: EditsOrder; control: EditsControl }): ReactNode {
  const { t } = useTranslation();
  const { state } = control;
  if (state.kind === 'failed')
    return (
      <Button look="primary" onClick={control.again}>
        {t('common.retry')}
      </Button>
    );
  if (state.kind !== 'open') return null;
  const { phase, planned } = state;
  return (
    <Button
      look={name === 'remove' ? 'risky' : 'primary'}
      busy={phase === 'applying'}
      disabled={phase !== 'applying' && (phase !== 'ready' || planned.entries.length === 0)}
      onClick={control.apply}
    >
      {t(name === 'remove' ? 'entry.applyRemove' : 'entry.apply')}
    </Button>
  );
}
