import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '../use-translation';
import { aliasModels } from '../../core/aliases/alias-models';
import { modelKind } from '../../core/aliases/model-kind';
import { ruleSetById, rulesFor, ruleSetIdFor } from '../../core/aliases/rules-for';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { CheckBox } from '../parts/inputs';
import { Crossing } from '../parts/crossing';
import { Note } from '../parts/note';
import { useView } from '../use-view';
import { FamilyField } from './list-field';
import { chatNames } from '../../core/aliases/proposed-models';
import { RuleNotes } from '../models/rule-notes';
import { PlanDialog } from '../dialogs/plan-dialog';
import { ImportButton } from './import-button';
import { PlanBody, Via } from './plan-body';
import { useKeyAddress } from '../models/use-model-choice';
import { useOpenImport } from './use-import';

/** The short form: all chat models are chosen, and Enter imports the plan. */
export function PlanSheet({ primary }: { primary: RefObject<HTMLButtonElement | null> }): ReactNode {
  const { t } = useTranslation();
  const { imports, view } = usePage();
  const { settings, connection } = useView();
  const { opened, draft, replanned } = useOpenImport();
  const address = useKeyAddress(opened.keyId);
  const set = ruleSetById(settings, ruleSetIdFor(settings, address));
  const { list } = draft;
  return (
    <PlanDialog
      form="short"
      title={t('sheet.title', { name: opened.keyName })}
      primary={primary}
      lead={
        <Button look="quiet" className="mr-auto" onClick={imports.showFull}>
          {t('sheet.choose')}
        </Button>
      }
      action={<ImportButton primary={primary} />}
    >
      <Crossing from={opened.relayName} to={connection?.host ?? opened.proxyHost} progress={0} />
      {replanned && <Note tone="warn">{t('sheet.replan')}</Note>}
      {(list !== 'openai-compatibility' || list !== opened.draft.list) && <FamilyField />}
      <PlanBody />
      <Listed address={address} />
      {set && opened.models.kind === 'listed' && (
        <RuleNotes set={set} names={chatNames(opened.models.names)} />
      )}
      <CheckBox
        checked={settings.skipWhenOnlyAdds}
        onChange={(skipWhenOnlyAdds) => void view.changeSettings({ skipWhenOnlyAdds })}
      >
        {t('sheet.skip')}
      </CheckBox>
    </PlanDialog>
  );
}

/** Where the models come from, and which of them are left out because they cannot chat. */
function Listed({ address }: { address: string }): ReactNode {
  const { t } = useTranslation();
  const { opened, draft } = useOpenImport();
  const { imports } = usePage();
  const { settings } = useView();
  const chosen = new Set(draft.models.map((model) => model.name));
  const names = opened.models.kind === 'listed' ? opened.models.names : [];
  const leftOut = names.filter((name) => !chosen.has(name) && modelKind(name) !== 'chat');
  const takeIn = (): void => {
    const taken = aliasModels(leftOut, rulesFor(settings, address), {});
    imports.edit({ ...draft, models: [...draft.models, ...taken] });
  };
  return (
    <p className="text-xs text-ink-3">
      <Via />{' '}
      {leftOut.length > 0 && (
        <>
          {t('sheet.leftOut', { count: leftOut.length })}{' '}
          <Button look="link" className="text-xs" onClick={takeIn}>
            {t('sheet.takeIn')}
          </Button>
        </>
      )}
    </p>
  );
}
