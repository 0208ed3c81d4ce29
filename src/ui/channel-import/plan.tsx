import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelPlanView } from '../../core/channels/view';
import type { NewApiShort } from '../../core/view/view';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { sayNames } from '../say';
import { AllowHost } from './allow-host';
import { ChannelCandidates } from './candidates';
import { ChannelRows } from './rows';
import { DiffRow } from '../dialogs/plan-rows';
import type { ChannelControl, OpenChannel } from './use-channel-import';
import { useView } from '../use-view';

/** What would be written into which channel and why, or why there is no plan. */
export function ChannelPlan({
  state,
  channel,
  newApi,
}: {
  state: OpenChannel;
  channel: ChannelControl;
  newApi: NewApiShort;
}): ReactNode {
  const { t } = useTranslation();
  const { keys } = useView();
  const { planned, opened, failure, replanned } = state;
  const key = keys.find(({ id }) => id === opened.keyId);
  const refused = opened.models.kind === 'refused' ? opened.models.failure : null;
  return (
    <>
      {replanned && <Note tone="warn">{t('channelImport.replan')}</Note>}
      {failure && <FailureNote failure={failure} />}
      {refused && state.draft.models.length === 0 && (
        <FailureNote failure={refused} tone="warn">
          {key && <AllowHost failure={refused} keyView={key} newApi={newApi} again={channel.again} />}
        </FailureNote>
      )}
      {planned.kind === 'plan' && <Plan plan={planned.plan} />}
      {planned.kind === 'failed' && !(refused && state.draft.models.length === 0) && (
        <FailureNote failure={planned.failure} tone="warn" />
      )}
      <ChannelCandidates state={state} onEdit={channel.edit} />
    </>
  );
}

function Plan({ plan }: { plan: ChannelPlanView }): ReactNode {
  const { t } = useTranslation();
  const { kind, channelId, channelName, changes, kept, rest } = plan;
  return (
    <>
      <ChannelRows
        changes={changes}
        before={
          channelId !== null && (
            <DiffRow sign="=" kind={t('channelImport.field.channel')}>
              <b className="font-semibold text-ink">
                {t('channelImport.named', { name: channelName, id: channelId })}
              </b>
              <span className="block">{t('channelImport.joins')}</span>
            </DiffRow>
          )
        }
        after={
          <DiffRow sign="=" kind={t('change.rest')}>
            {rest === 0 ? t('channelImport.restNone') : t('channelImport.rest', { count: rest })}
          </DiffRow>
        }
      />
      {kind === 'unchanged' && <p className="text-xs text-ink-2">{t('channelImport.nothingToDo')}</p>}
      {kept.length > 0 && (
        <Note tone="warn">
          {t('channelImport.kept', {
            count: kept.length,
            names: sayNames(
              t,
              kept.map(({ alias, has }) => `${alias} (${has})`),
            ),
          })}
        </Note>
      )}
      <p className="text-xs text-ink-3">{t('channelImport.proof')}</p>
    </>
  );
}
