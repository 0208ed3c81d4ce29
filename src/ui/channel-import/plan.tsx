import type { ReactNode, Ref } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelPlanView } from '../../core/channels/view';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { BarredNote } from '../dialogs/barred-note';
import { TroubleNote } from '../dialogs/trouble-note';
import { Note } from '../parts/note';
import { sayNames } from '../say';
import { AllowHost } from './allow-host';
import { ChannelCandidates } from './candidates';
import { ChannelRows } from './rows';
import { DiffRow } from '../dialogs/plan-rows';
import type { OpenImport } from './use-channel-import';

/** What would be written into which channel and why, or why there is no plan. */
export function ChannelPlan({ channel }: { channel: OpenImport }): ReactNode {
  const { t } = useTranslation();
  const { planned, opened, draft, failure, replanned } = channel.state;
  const refused =
    opened.models.kind === 'refused' && draft.models.length === 0 ? opened.models.failure : null;
  return (
    <>
      {replanned && <Note tone="warn">{t('channelImport.replan')}</Note>}
      {failure && <FailureNote failure={failure} />}
      {refused && (
        <FailureNote failure={refused} tone="warn">
          <AllowHost failure={refused} {...channel} />
        </FailureNote>
      )}
      <TroubleNote keyIds={[opened.keyId]} />
      {opened.models.kind === 'listed' && <BarredNote names={opened.models.barred} />}
      {planned.kind === 'plan' && <Plan plan={planned.plan} />}
      {planned.kind === 'failed' && !refused && <FailureNote failure={planned.failure} tone="warn" />}
      <ChannelCandidates channel={channel} />
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

/** Carries the plan out. With nothing to write it records that the channel is this key's, unless that is known. */
export function ChannelButton({
  channel,
  primary,
}: {
  channel: OpenImport;
  primary?: Ref<HTMLButtonElement>;
}): ReactNode {
  const { t } = useTranslation();
  const { planned, phase, draft } = channel.state;
  const plan = planned.kind === 'plan' ? planned.plan : null;
  const known =
    plan?.kind === 'unchanged' &&
    plan.candidates.some(({ channelId, grade }) => channelId === plan.channelId && grade === 'own');
  return (
    <Button
      {...(primary && { ref: primary })}
      look="primary"
      busy={phase === 'applying' || phase === 'done'}
      disabled={!plan || phase === 'planning' || known}
      onClick={() => void channel.apply()}
    >
      {plan?.kind === 'unchanged'
        ? t('channelImport.note')
        : t('sheet.import', { count: plan ? plan.added.length : draft.models.length })}
    </Button>
  );
}
