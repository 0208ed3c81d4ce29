import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '../use-translation';
import { aliasModels } from '../../core/aliases/alias-models';
import { modelKind } from '../../core/aliases/model-kind';
import { ruleSetById, rulesFor, ruleSetIdFor } from '../../core/aliases/rules-for';
import { sumChanges } from '../../core/import/plan-sum';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { CheckBox } from '../parts/inputs';
import { ToCliproxyapi } from '../dialogs/to-cliproxyapi';
import { Note } from '../parts/note';
import { useView } from '../use-view';
import { FamilyField } from './list-field';
import { chatNames } from '../../core/aliases/proposed-models';
import { RuleNotes } from '../models/rule-notes';
import { ModelNames } from '../dialogs/model-names';
import { PlanDialog } from '../dialogs/plan-dialog';
import { ImportAlsoTo } from './also/import-there';
import { ImportButton } from './import-button';
import { PlanBody, Via } from './plan-body';
import { useKeyAddress } from '../models/use-model-choice';
import { useOpenImport, useOrder } from './use-import';

/** The short form: all chat models are chosen, and Enter imports the plan. */
export function PlanSheet({ primary }: { primary: RefObject<HTMLButtonElement | null> }): ReactNode {
  const { t } = useTranslation();
  const { view } = usePage();
  const { settings } = useView();
  const { opened, also, draft, planned, replanned } = useOpenImport();
  const { idle } = useOrder();
  const address = useKeyAddress(opened.keyId);
  const set = ruleSetById(settings, ruleSetIdFor(settings, address));
  const { list } = draft;
  return (
    <PlanDialog
      form="short"
      title={t('sheet.title', { name: opened.keyName })}
      primary={primary}
      idle={idle}
      action={<ImportButton primary={primary} />}
    >
      <ToCliproxyapi from={opened.relayName} host={opened.proxyHost} progress={0} />
      {replanned && <Note tone="warn">{t('sheet.replan')}</Note>}
      {(list !== 'openai-compatibility' || list !== opened.draft.list) && <FamilyField />}
      <PlanBody models={<ChooseModels />} />
      <Listed address={address} />
      {set && opened.models.kind === 'listed' && (
        <RuleNotes set={set} names={chatNames(opened.models.names)} />
      )}
      <ImportAlsoTo {...{ draft, also }} keyId={opened.keyId} keyName={opened.keyName} first={planned} />
      <CheckBox
        checked={settings.skipWhenOnlyAdds}
        onChange={(skipWhenOnlyAdds) => void view.changeSettings({ skipWhenOnlyAdds })}
      >
        {t('sheet.skip')}
      </CheckBox>
    </PlanDialog>
  );
}

/** Leads to the full form, where models are chosen and renamed. */
function ChooseModels(): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  return (
    <Button look="link" onClick={imports.showFull}>
      {t('sheet.choose')}
    </Button>
  );
}

/** Where the models come from, and which of them are left out because they cannot chat. */
function Listed({ address }: { address: string }): ReactNode {
  const { t } = useTranslation();
  const { opened, draft, planned } = useOpenImport();
  const { imports } = usePage();
  const { settings } = useView();
  const chosen = new Set(draft.models.map((model) => model.name));
  const names = opened.models.kind === 'listed' ? opened.models.names : [];
  const leftOut = names.filter((name) => !chosen.has(name) && modelKind(name) !== 'chat');
  // A plan without new models leaves none out.
  const adds = planned.kind !== 'plan' || sumChanges(planned.plan.changes).adds.models > 0;
  const takeIn = (): void => {
    const taken = aliasModels(leftOut, rulesFor(settings, address), {});
    imports.edit({ ...draft, models: [...draft.models, ...taken] });
  };
  return (
    <div className="text-xs text-ink-2">
      {adds && leftOut.length > 0 && (
        <p>
          {t('sheet.leftOut', { count: leftOut.length })}{' '}
          <ModelNames models={leftOut.map((name) => ({ name, alias: name }))} />{' '}
          <Button look="link" className="text-xs" onClick={takeIn}>
            {t('sheet.takeIn', { count: leftOut.length })}
          </Button>
        </p>
      )}
      <p className="text-ink-3">
        <Via /> {!(planned.kind === 'plan' && adds) && <ChooseModels />}
      </p>
    </div>
  );
}
