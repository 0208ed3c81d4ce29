import { Dialog } from '@base-ui/react/dialog';
import { useEffect, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { aliasModels } from '../../core/aliases/alias-models';
import { hostOf } from '../../core/base-url';
import { modelKind } from '../../core/aliases/model-kind';
import { ruleSetById, rulesFor, ruleSetIdFor } from '../../core/aliases/rules-for';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Crossing } from '../parts/crossing';
import { Note } from '../parts/note';
import type { ImportState } from '../import-store';
import { useView } from '../use-view';
import { FamilyField } from './list-field';
import { chatNames } from '../models/chat-models';
import { RuleNotes } from '../models/rule-notes';
import { SheetHead } from '../dialogs/sheet-head';
import { PlanBody, useImportLabel } from './plan-body';
import { useKeyAddress } from '../models/use-rule-choice';

/** The short form: all chat models chosen, the plan, Enter imports. */
export function PlanSheet({
  state,
  primary,
}: {
  state: ImportState & { kind: 'open' };
  primary: RefObject<HTMLButtonElement | null>;
}): ReactNode {
  const { t } = useTranslation();
  const { imports, view } = usePage();
  const { settings } = useView();
  const { opened, draft, planned, planning } = state;
  const label = useImportLabel();
  // The dialog was there before the plan was: the focus moves on to the button that the plan brings.
  useEffect(() => primary.current?.focus(), [primary]);
  const address = useKeyAddress(opened.keyId);
  const set = ruleSetById(settings, ruleSetIdFor(settings, address));
  const chosen = new Set(draft.models.map((model) => model.name));
  const leftOut =
    opened.models.kind === 'listed'
      ? opened.models.names.filter((name) => !chosen.has(name) && modelKind(name) !== 'chat')
      : [];
  const takeIn = (): void =>
    imports.edit({
      ...draft,
      models: [...draft.models, ...aliasModels(leftOut, rulesFor(settings, address), {})],
    });
  return (
    <>
      <SheetHead title={t('sheet.title', { name: opened.keyName })} />
      <div className="flex min-h-0 flex-1 flex-col gap-2.5 overflow-y-auto px-4 pb-3 pt-1">
        <Crossing from={opened.relayName} to={opened.proxyHost} progress={0} />
        {state.replanned && <Note tone="warn">{t('sheet.replan')}</Note>}
        {(opened.draft.list !== 'openai-compatibility' || draft.list !== opened.draft.list) && (
          <FamilyField opened={opened} draft={draft} edit={imports.edit} />
        )}
        <PlanBody planned={planned} draft={draft} edit={imports.edit} />
        <p className="text-xs text-ink-3">
          {opened.models.kind === 'listed' &&
            (opened.models.via === 'proxy'
              ? t('sheet.viaProxy')
              : t('sheet.viaBrowser', { host: hostOf(draft.baseUrl) }))}{' '}
          {leftOut.length > 0 && (
            <>
              {t('sheet.leftOut', { count: leftOut.length })}{' '}
              <Button look="link" className="text-xs" onClick={takeIn}>
                {t('sheet.takeIn')}
              </Button>
            </>
          )}
        </p>
        {set && opened.models.kind === 'listed' && (
          <RuleNotes set={set} names={chatNames(opened.models.names)} />
        )}
        <label className="flex min-h-6 cursor-pointer items-center gap-2">
          <input
            type="checkbox"
            checked={settings.skipWhenOnlyAdds}
            onChange={(event) => void view.changeSettings({ skipWhenOnlyAdds: event.target.checked })}
          />
          {t('sheet.skip')}
        </label>
      </div>
      <div className="flex flex-none flex-wrap items-center gap-2 border-t border-line px-4 py-3">
        <Button look="quiet" className="mr-auto" onClick={imports.showFull}>
          {t('sheet.choose')}
        </Button>
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button
          ref={primary}
          look="primary"
          disabled={planned.kind !== 'plan' || planning}
          onClick={() => void imports.apply()}
        >
          {label(planned, draft)}
        </Button>
      </div>
    </>
  );
}
