import { ChevronRight, Undo2 } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { parseHttpUrl, sameServer } from '../../core/base-url';
import { hostPattern } from '../../core/connection/management-url';
import { isTriedByBrowserOnly } from '../../core/cliproxyapi/lists/chat-headers';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { usePage } from '../page-context';
import { CheckBox } from '../parts/inputs';
import { ToCliproxyapi } from '../dialogs/to-cliproxyapi';
import { Note } from '../parts/note';
import { mayReach } from '../may-reach';
import { useMedia } from '../use-window';
import { useView } from '../use-view';
import { proposedModels } from '../../core/aliases/proposed-models';
import { Disclosure } from '../dialogs/disclosure';
import { sumChanges } from '../../core/import/plan-sum';
import { saySum } from '../dialogs/plan-sum';
import { FailureActions } from './failure-actions';
import { PlanDialog } from '../dialogs/plan-dialog';
import { ManualModels } from '../models/manual-models';
import { ModelChoice } from '../models/model-choice';
import { ImportAlsoTo } from './also/import-there';
import { MoreFields, type Relist } from './more-fields';
import { ImportButton } from './import-button';
import { PlanBody, Via } from './plan-body';
import { rowMarks } from '../models/row-marks';
import { useKeyAddress, useModelChoice, type Choice } from '../models/use-model-choice';
import type { OpenImportState } from '../import-store';
import { useOpenImport, useOrder } from './use-import';

/** Models, aliases, options and the plan side by side; below 760 px one under the other. */
export function FullDialog(): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const { draft, opened } = useOpenImport();
  const { idle } = useOrder();
  // Another one may have been saved since: it is the one that the button writes to.
  const narrow = useMedia('(max-width: 759px)');
  const choice = useChoice();
  const relist = useRelist(choice.inForce);
  const models = <Models choice={choice} narrow={narrow} again={() => relist.at(draft.baseUrl)} />;
  const who = listTraits(draft.list).keyPerEntry ? t(`speaks.${draft.list}`) : draft.providerName;
  const more = (
    <Disclosure title={t('dialog.more')} about={`${who} · ${draft.baseUrl}`}>
      <MoreFields relist={relist} />
    </Disclosure>
  );
  return (
    <PlanDialog
      form="full"
      title={t('sheet.title', { name: opened.keyName })}
      about={<ToCliproxyapi from={opened.relayName} host={opened.proxyHost} progress={0} />}
      aside={narrow ? undefined : <PlanPanel />}
      below={narrow && <NarrowPlan more={more} />}
      lead={
        !page.isPopup && (
          <span className="flex items-center gap-1.5 text-xs text-ink-2">
            <Undo2 size={14} aria-hidden />
            {t('dialog.undoLater')}
          </span>
        )
      }
      idle={idle}
      action={<ImportButton />}
    >
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {models}
        {!narrow && (
          <div className="max-h-[50%] flex-none overflow-y-auto border-t border-line px-4 py-2">{more}</div>
        )}
      </div>
    </PlanDialog>
  );
}

function Models({ choice, narrow, again }: { choice: Choice; narrow: boolean; again(): void }): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const { draft, opened, planned } = useOpenImport();
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
  return <ModelChoice choice={choice} marks={marks} narrow={narrow} again={again} />;
}

function PlanPanel(): ReactNode {
  const { t } = useTranslation();
  const { planned, planning, replanned, opened, also, draft } = useOpenImport();
  const writes = planned.kind === 'plan' && planned.plan.kind !== 'unchanged';
  return (
    <>
      <div className="flex items-center">
        <h3 className="flex-1">{t('dialog.plan')}</h3>
        <span className="rounded-full bg-surface px-2 text-xs" role="status">
          {t(planning ? 'dialog.planning' : writes ? 'dialog.oneWrite' : 'dialog.noWrite')}
        </span>
      </div>
      {replanned && <Note tone="warn">{t('sheet.replan')}</Note>}
      <PlanBody />
      <ImportAlsoTo {...{ draft, also }} keyId={opened.keyId} keyName={opened.keyName} first={planned} />
      <p className="text-xs text-ink-3">
        <Via />
      </p>
      <TryChat />
    </>
  );
}

/** Real requests. Where only the browser may make them, it is asked for the host with the tick. */
function TryChat(): ReactNode {
  const { t } = useTranslation();
  const context = usePage();
  const { draft, opened } = useOpenImport();
  const { keys } = useView();
  const tick = (tryChat: boolean): void => {
    context.imports.edit({ ...draft, tryChat });
    const url = tryChat && isTriedByBrowserOnly(draft.list) ? parseHttpUrl(draft.baseUrl) : undefined;
    if (!url) return;
    const { host } = url;
    const pattern = hostPattern(url);
    const granted = keys.some((key) => key.pattern === pattern && key.granted);
    void mayReach(context, { granted, pattern, host }, { kind: 'import', id: opened.keyId });
  };
  return (
    <CheckBox className="mt-auto pt-2" help={t('dialog.tryChatHelp')} checked={draft.tryChat} onChange={tick}>
      {t('dialog.tryChat')}
    </CheckBox>
  );
}

function NarrowPlan({ more }: { more: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const { planned, planning } = useOpenImport();
  const [open, setOpen] = useState(false);
  const told = saysWhy(useOpenImport());
  return (
    <details
      open={open || told}
      onToggle={({ currentTarget }) => told || setOpen(currentTarget.open)}
      className="max-h-[60%] flex-none overflow-y-auto border-t border-line bg-sunken"
    >
      <summary className="flex min-h-9 cursor-pointer items-center gap-1.5 px-4 text-xs">
        <ChevronRight size={14} aria-hidden />
        <b>{t('dialog.plan')}</b>
        <span className="cut text-ink-2">
          {planning
            ? t('dialog.planning')
            : planned.kind === 'plan' && saySum(t, sumChanges(planned.plan.changes))}
        </span>
      </summary>
      <div className="flex flex-col gap-2.5 px-4 pb-3">
        <PlanPanel />
        {more}
      </div>
    </details>
  );
}

/** Whether the plan has to be read: it is none, or takes no model in, and nothing else in sight says why. */
function saysWhy({ planned, opened }: OpenImportState): boolean {
  if (planned.kind === 'plan') return planned.plan.models === 0;
  const isTyped = opened.models.kind === 'refused';
  return !(isTyped && planned.kind === 'failed' && planned.failure.code === 'no-models');
}

/** The choice of models, which the draft of the import holds. */
function useChoice(): Choice {
  const { imports } = usePage();
  const { draft, opened } = useOpenImport();
  const names = useMemo(
    () => (opened.models.kind === 'listed' ? opened.models.names : draft.models.map((model) => model.name)),
    [opened.models, draft.models],
  );
  return useModelChoice({
    keyId: opened.keyId,
    names,
    models: draft.models,
    onModels: (models) => imports.edit({ ...draft, models }),
  });
}

/**
 * Fetches the models again, from the base URL in the dialog. Where that is at another server than the key's relay, the
 * browser asks for its host first, also if it was allowed for another key: a typed host may be a slip of the pen.
 */
function useRelist(rules: Choice['inForce']): Relist {
  const context = usePage();
  const { ask, imports } = context;
  const { keyId } = useOpenImport().opened;
  const address = useKeyAddress(keyId);
  const isElsewhere = (baseUrl: string): boolean => !sameServer(baseUrl, address);
  const relist = async (baseUrl: string): Promise<void> => {
    const url = isElsewhere(baseUrl) ? parseHttpUrl(baseUrl) : undefined;
    const place = url && { host: url.host, pattern: hostPattern(url), granted: false };
    if (place && !(await mayReach(context, place, { kind: 'import', id: keyId }))) return;
    const models = await ask('import.models', { keyId, baseUrl });
    const now = imports.getState();
    // Another import may be open by now, or another base URL typed, whose own list is on its way.
    if (now.kind !== 'open' || now.opened.keyId !== keyId || now.draft.baseUrl !== baseUrl) return;
    if (!models.ok) return imports.relist({ kind: 'refused', failure: models.failure }, now.draft);
    imports.relist(
      { kind: 'listed', ...(place && { host: place.host }), ...models.value },
      { ...now.draft, models: proposedModels(models.value.names, rules).models },
    );
  };
  return { at: (baseUrl) => void relist(baseUrl), isElsewhere };
}
