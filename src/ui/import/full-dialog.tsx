import { ChevronRight, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { listNameOf, type ImportDraft } from '../../core/import/draft';
import type { OpenedImport } from '../../core/import/opened';
import { usePage } from '../page-context';
import { Crossing } from '../parts/crossing';
import { Note } from '../parts/note';
import type { ImportState } from '../import-store';
import { useMedia } from '../use-media';
import { AliasEditor } from '../models/alias-editor';
import { chatModels } from '../models/chat-models';
import { Disclosure } from '../dialogs/disclosure';
import { FailureActions } from './failure-actions';
import { PlanDialog } from '../dialogs/plan-dialog';
import { ManualModels } from '../models/manual-models';
import { ModelPicker } from '../models/model-picker';
import { MoreFields } from './more-fields';
import { NarrowModels } from '../models/narrow-models';
import { ImportButton } from './import-button';
import { PlanBody, Via } from './plan-body';
import { rowMarks } from '../models/row-marks';
import type { Choice } from '../models/use-model-choice';
import { useChoice } from './use-choice';

/** Models, aliases, options and the plan side by side; below 760 px one under the other. */
export function FullDialog({ state }: { state: ImportState & { kind: 'open' } }): ReactNode {
  const { t } = useTranslation();
  const { imports, page } = usePage();
  const narrow = useMedia('(max-width: 759px)');
  const choice = useChoice(state);
  const { draft, opened } = state;
  const relist = useRelist(state, choice.inForce);
  const models = <Models state={state} choice={choice} narrow={narrow} again={() => relist(draft.baseUrl)} />;
  const more = <More opened={opened} draft={draft} edit={imports.edit} relist={relist} />;
  return (
    <PlanDialog
      form="full"
      title={t('sheet.title', { name: opened.keyName })}
      about={<Crossing from={opened.relayName} to={opened.proxyHost} progress={0} />}
      aside={narrow ? undefined : <PlanPanel state={state} />}
      below={narrow && <NarrowPlan state={state} more={more} />}
      lead={
        !page.isPopup && (
          <span className="flex items-center gap-1.5 text-xs text-ink-2">
            <Undo2 size={14} aria-hidden />
            {t('dialog.undoLater')}
          </span>
        )
      }
      action={<ImportButton state={state} />}
    >
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {narrow ? models : <div className="flex min-h-0 flex-1">{models}</div>}
        {!narrow && (
          <div className="max-h-[50%] flex-none overflow-y-auto border-t border-line px-4 py-2">{more}</div>
        )}
      </div>
    </PlanDialog>
  );
}

function Models({
  state: { draft, opened, planned },
  choice,
  narrow,
  again,
}: {
  state: ImportState & { kind: 'open' };
  choice: Choice;
  narrow: boolean;
  again(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  if (opened.models.kind === 'refused') {
    const { failure } = opened.models;
    return (
      <ManualModels
        models={draft.models}
        onModels={(chosen) => imports.edit({ ...draft, models: chosen })}
        failure={failure}
        actions={<FailureActions failure={failure} keyId={opened.keyId} />}
        again={again}
      />
    );
  }
  const marks = rowMarks(t, planned);
  if (narrow) return <NarrowModels choice={choice} marks={marks} />;
  return (
    <>
      <ModelPicker choice={choice} again={again} />
      <AliasEditor choice={choice} marks={marks} />
    </>
  );
}

function PlanPanel({ state }: { state: ImportState & { kind: 'open' } }): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const { planned, draft, opened } = state;
  return (
    <>
      <div className="flex items-center">
        <h3 className="flex-1">{t('dialog.plan')}</h3>
        <span className="rounded-full bg-surface px-2 text-xs" role="status">
          {state.planning
            ? t('dialog.planning')
            : t(
                planned.kind === 'plan' && planned.plan.kind !== 'unchanged'
                  ? 'dialog.oneWrite'
                  : 'dialog.noWrite',
              )}
        </span>
      </div>
      {state.replanned && <Note tone="warn">{t('sheet.replan')}</Note>}
      <PlanBody planned={planned} draft={draft} edit={imports.edit} />
      <p className="text-xs text-ink-3">
        <Via opened={opened} draft={draft} />
      </p>
      <label className="mt-auto flex cursor-pointer gap-2 pt-2">
        <input
          type="checkbox"
          className="mt-0.5"
          checked={draft.tryChat}
          onChange={(event) => imports.edit({ ...draft, tryChat: event.target.checked })}
        />
        <span>
          {t('dialog.tryChat')}
          <span className="block text-xs text-ink-3">{t('dialog.tryChatHelp')}</span>
        </span>
      </label>
    </>
  );
}

function NarrowPlan({ state, more }: { state: ImportState & { kind: 'open' }; more: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const { planned } = state;
  const counts = planned.kind === 'plan' ? planned.plan.changes.filter((change) => change.sign !== '=') : [];
  const added = counts.filter((change) => change.sign === '+').length;
  return (
    <details className="max-h-[60%] flex-none overflow-y-auto border-t border-line bg-sunken">
      <summary className="flex min-h-9 cursor-pointer items-center gap-1.5 px-4 text-xs">
        <ChevronRight size={14} aria-hidden />
        <b>{t('dialog.plan')}</b>
        <span className="text-ok">+{added}</span>
        <span className="text-warn">~{counts.length - added}</span>
        <span className="text-ink-3">{state.planning ? t('dialog.planning') : ''}</span>
      </summary>
      <div className="flex flex-col gap-2.5 px-4 pb-3">
        <PlanPanel state={state} />
        {more}
      </div>
    </details>
  );
}

function More({
  draft,
  opened,
  edit,
  relist,
}: {
  draft: ImportDraft;
  opened: OpenedImport;
  edit(draft: ImportDraft): void;
  relist(baseUrl: string): void;
}): ReactNode {
  const { t } = useTranslation();
  const who = listTraits(listNameOf(draft)).keyPerEntry
    ? t(`speaks.${listNameOf(draft)}`)
    : draft.providerName;
  return (
    <Disclosure title={t('dialog.more')} about={`${who} · ${draft.baseUrl}`}>
      <MoreFields opened={opened} draft={draft} edit={edit} relist={relist} />
    </Disclosure>
  );
}

/** Fetches the models again, from the base URL in the dialog. */
function useRelist(
  state: ImportState & { kind: 'open' },
  rules: ReturnType<typeof useChoice>['inForce'],
): (baseUrl: string) => void {
  const { ask, imports } = usePage();
  const relist = async (baseUrl: string): Promise<void> => {
    const models = await ask('import.models', { keyId: state.opened.keyId, baseUrl });
    const now = imports.getState();
    // Another import may be open by now, or another base URL typed, whose own list is on its way.
    const stale =
      now.kind !== 'open' || now.opened.keyId !== state.opened.keyId || now.draft.baseUrl !== baseUrl;
    if (stale) return;
    if (!models.ok) return imports.relist({ kind: 'refused', failure: models.failure }, now.draft);
    imports.relist(
      { kind: 'listed', ...models.value },
      { ...now.draft, models: chatModels(models.value.names, rules) },
    );
  };
  return (baseUrl) => void relist(baseUrl);
}
