import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '../use-translation';
import type { NewApiShort } from '../../core/view/view';
import { Button } from '../parts/button';
import { Crossing } from '../parts/crossing';
import { ChannelButton } from './button';
import { ChannelFields } from './fields';
import { ChannelPlan } from './plan';
import { PlanDialog } from '../dialogs/plan-dialog';
import type { ChannelControl, OpenChannel } from './use-channel-import';

export interface ChannelProps {
  state: OpenChannel;
  channel: ChannelControl;
  newApi: NewApiShort;
  which: ReactNode;
}

/** The short form: all chat models are chosen, and Enter imports the plan. */
export function ChannelSheet({
  state,
  channel,
  newApi,
  which,
  primary,
  onFull,
}: ChannelProps & { primary: RefObject<HTMLButtonElement | null>; onFull(): void }): ReactNode {
  const { t } = useTranslation();
  const { opened } = state;
  return (
    <PlanDialog
      form="short"
      title={t('channelImport.title', { name: opened.keyName })}
      primary={primary}
      lead={
        <Button look="quiet" className="mr-auto" onClick={onFull}>
          {t('sheet.choose')}
        </Button>
      }
      action={<ChannelButton state={state} channel={channel} primary={primary} />}
    >
      <Crossing from={opened.relayName} to={newApi.name} progress={0} />
      {which}
      <ChannelPlan state={state} channel={channel} newApi={newApi} />
      <ChannelFields state={state} onEdit={channel.edit} />
    </PlanDialog>
  );
}
