import { Dialog } from '@base-ui/react/dialog';
import { ChevronRight, Undo2, X } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hostOf } from '../../core/base-url';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import type { ImportDraft } from '../../core/import/draft';
import type { OpenedImport } from '../../core/import/opened';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Crossing } from '../parts/crossing';
import { Note } from '../parts/note';
import type { ImportState } from '../import-store';
import { useMedia } from '../use-media';
import { AliasEditor } from '../models/alias-editor';
import { chatModels } from '../models/chat-models';
import { Disclosure } from '../dialogs/disclosure';
import { FailureActions } from './failure-actions';
import { firstField } from '../dialogs/first-field';
import { ManualModels } from '../models/manual-models';
import { ModelPicker } from '../models/model-picker';
import { MoreFields } from './more-fields';
import { NarrowModels } from '../models/narrow-models';
import { PlanBody, useImportLabel } from './plan-body';
import { rowMarks } from '../models/row-marks';
import { useChoice } from './use-choice';

/** Models, aliases, options and the plan side by side; under 760 px one below the other. */
export function FullDialog({ state }: { state: ImportState & { kind: 'open' } }): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const narrow = useMedia('(max-width: 759px)');
  useEffect(() => firstField()?.focus(), []);
  const choice = useChoice(state);
  const { draft, planned, opened } = state;
  const marks = rowMarks(t, planned);
  const again = useRelist(state, choice.inForce);
  const refused = opened.models.kind === 'refused' ? opened.models.failure : null;
  const models = refused ? (
    <ManualModels
      models={draft.models}
      onModels={(chosen) => imports.edit({ ...draft, models: chosen })}
      failure={refused}
      actions={refused && <FailureActions failure={refused} keyId={opened.keyId} />}
      again={() => void again(draft.baseUrl)}
    />
  ) : narrow ? (
    <NarrowModels choice={choice} marks={marks} />
  ) : (
    <>
      <ModelPicker choice={choice} again={() => void again(draft.baseUrl)} />
      <AliasEditor choice={choice} marks={marks} />
    </>
  );
  const more = <More opened={opened} draft={draft} edit={imports.edit} relist={(url) => void again(url)} />;
  return (
    <>
      <header className="flex flex-none items-start gap-3 border-b border-line py-3 pl-5 pr-4">
        <div className="min-w-0 flex-1">
          <Dialog.Title className="text-lg [overflow-wrap:anywhere]">
            {t('sheet.title', { name: opened.keyName })}
          </Dialog.Title>
          <div className="mt-1 max-w-[560px]">
            <Crossing from={opened.relayName} to={opened.proxyHost} progress={0} />
          </div>
        </div>
        <Dialog.Close data-gives-up className="icon-btn" aria-label={t('common.close')}>
          <X size={16} aria-hidden />
        </Dialog.Close>
      </header>
      {narrow ? (
        <>
          <div className="flex min-h-0 flex-1 flex-col">{models}</div>
          <NarrowPlan state={state} more={more} />
        </>
      ) : (
        <div className="flex min-h-0 flex-1">
          <div className="flex min-w-0 flex-1 flex-col">
            <div className="flex min-h-0 flex-1">{models}</div>
            <div className="max-h-[50%] flex-none overflow-y-auto border-t border-line px-4 py-2">{more}</div>
          </div>
          <aside className="flex w-[312px] flex-none flex-col gap-2.5 overflow-y-auto border-l border-line bg-sunken p-4">
            <PlanPanel state={state} />
          </aside>
        </div>
      )}
      <Foot state={state} />
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
        {opened.models.kind === 'listed' &&
          (opened.models.via === 'proxy'
            ? t('sheet.viaProxy')
            : t('sheet.viaBrowser', { host: hostOf(draft.baseUrl) }))}
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
  const who = listTraits(draft.list).keyPerEntry ? t(`speaks.${draft.list}`) : draft.providerName;
  return (
    <Disclosure title={t('dialog.more')} about={`${who} · ${draft.baseUrl}`}>
      <MoreFields opened={opened} draft={draft} edit={edit} relist={relist} />
    </Disclosure>
  );
}

function Foot({ state }: { state: ImportState & { kind: 'open' } }): ReactNode {
  const { t } = useTranslation();
  const { imports, page } = usePage();
  const label = useImportLabel();
  const { planned, draft, planning } = state;
  return (
    <footer className="flex flex-none items-center gap-2 border-t border-line px-5 py-3">
      {!page.isPopup && (
        <span className="flex items-center gap-1.5 text-xs text-ink-2">
          <Undo2 size={14} aria-hidden />
          {t('dialog.undoLater')}
        </span>
      )}
      <Dialog.Close data-gives-up className="btn ml-auto">
        {t('common.cancel')}
      </Dialog.Close>
      <Button
        look="primary"
        disabled={planned.kind !== 'plan' || planning}
        onClick={() => void imports.apply()}
      >
        {label(planned, draft)}
      </Button>
    </footer>
  );
}

/** Fetches the models again, from the base URL that stands in the dialog. */
function useRelist(
  state: ImportState & { kind: 'open' },
  rules: ReturnType<typeof useChoice>['inForce'],
): (baseUrl: string) => Promise<void> {
  const { ask, imports } = usePage();
  return async (baseUrl) => {
    const models = await ask('import.models', { keyId: state.opened.keyId, baseUrl });
    const now = imports.getState();
    // Another import may be open by now, or another base URL typed: its own list is on its way.
    const stale =
      now.kind !== 'open' || now.opened.keyId !== state.opened.keyId || now.draft.baseUrl !== baseUrl;
    if (stale) return;
    if (!models.ok) return imports.relist({ kind: 'refused', failure: models.failure }, now.draft);
    imports.relist(
      { kind: 'listed', ...models.value },
      { ...now.draft, models: chatModels(models.value.names, rules) },
    );
  };
}
