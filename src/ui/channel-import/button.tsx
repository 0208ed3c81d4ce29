import type { ReactNode, Ref } from 'react';
import { Button } from '../parts/button';
import { useTranslation } from '../use-translation';
import type { OpenImport } from './use-channel-import';

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
