import { useMemo, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { chatNames, MOST_MODELS } from '../../core/aliases/proposed-models';
import { hostOf } from '../../core/base-url';
import { sumChanges } from '../../core/import/plan-sum';
import { useKeyAddress } from '../models/use-model-choice';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { ImportInstead } from './also/instead';
import { PlanNotices } from './plan-notices';
import { BarredNote } from '../dialogs/barred-note';
import { TroubleNote } from '../dialogs/trouble-note';
import { PlanRows } from '../dialogs/plan-rows';
import { PlanSumLine } from '../dialogs/plan-sum';
import { usePlace } from '../use-view';
import { useOpenImport } from './use-import';

/**
 * A plan, a choice between providers, or why there is no plan. `models`: what can be done about the models, beside them.
 */
export function PlanBody({ models }: { models?: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const place = usePlace();
  const { edit } = usePage().imports;
  const { planned, draft, opened } = useOpenImport();
  const barred = opened.models.kind === 'listed' && <BarredNote names={opened.models.barred} />;
  switch (planned.kind) {
    case 'plan':
      return (
        <>
          <PlanSumLine sum={sumChanges(planned.plan.changes)} />
          <PlanRows changes={planned.plan.changes} models={models} place={place} />
          {planned.plan.kind === 'unchanged' && (
            <p className="text-xs text-ink-2">{t('sheet.nothingToDo')}</p>
          )}
          {barred}
          <BeyondNote />
          <TroubleNote keyIds={[opened.keyId]} />
          <PlanNotices notices={planned.plan.notices} draft={draft} edit={edit} />
        </>
      );
    case 'choose':
      return (
        <fieldset>
          <legend className="font-semibold">{t('choose.title')}</legend>
          <p className="text-ink-2">{t('choose.lead', { count: planned.candidates.length })}</p>
          {planned.candidates.map((ref) => (
            <button
              key={ref.index}
              type="button"
              className="btn mt-2 w-full justify-start"
              onClick={() => edit({ ...draft, target: { kind: 'join', ref } })}
            >
              <span className="cut">{ref.name || hostOf(ref.baseUrl)}</span>
              <span className="mono cut text-ink-3">{ref.baseUrl}</span>
            </button>
          ))}
          <button
            type="button"
            className="btn mt-2 w-full justify-start"
            onClick={() => edit({ ...draft, target: { kind: 'create' } })}
          >
            {t('choose.new')}
          </button>
        </fieldset>
      );
    case 'failed':
      return (
        <>
          {barred}
          <FailureNote failure={planned.failure} tone="warn" />
          <ImportInstead failure={planned.failure} />
        </>
      );
  }
}

/** The relay lists more models than one key brings, and as many as it may are chosen. */
function BeyondNote(): ReactNode {
  const { t } = useTranslation();
  const { opened, draft } = useOpenImport();
  const { models } = opened;
  const listed = useMemo(() => (models.kind === 'listed' ? chatNames(models.names).length : 0), [models]);
  const chosen = new Set(draft.models.map(({ name }) => name)).size;
  if (chosen < MOST_MODELS || listed <= MOST_MODELS) return null;
  return <Note tone="warn">{t('planNotice.beyond', { listed, most: MOST_MODELS })}</Note>;
}

/** Says whether this browser or CLIProxyAPI asked the relay for its models. */
export function Via(): ReactNode {
  const { t } = useTranslation();
  const { models, keyId } = useOpenImport().opened;
  const address = useKeyAddress(keyId);
  if (models.kind !== 'listed') return null;
  return models.via === 'proxy'
    ? t('sheet.viaProxy')
    : t('sheet.viaBrowser', { host: models.host ?? hostOf(address) });
}
