import type { ReactNode, RefObject } from 'react';
import type { KeyView, NewApiShort } from '../../core/view/view';
import { NoPlan, PlanDialog } from '../dialogs/plan-dialog';
import { Button } from '../parts/button';
import { Crossing } from '../parts/crossing';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { AllowHost } from './allow-host';
import { ChannelFields } from './options';
import { ChannelFull } from './full';
import { ChannelButton, ChannelPlan } from './plan';
import { useChannelImport, type OpenImport } from './use-channel-import';

/** One import from reading to the plan, in its short or full form. */
export function ChannelImport({
  keyView,
  newApi,
  full,
  onFull,
  primary,
  which,
}: {
  keyView: KeyView;
  newApi: NewApiShort;
  full: boolean;
  onFull(full: boolean): void;
  primary: RefObject<HTMLButtonElement | null>;
  /** The choice of the New API, if there are several. */
  which: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const channel = useChannelImport(keyView, newApi);
  const { state } = channel;
  const head = (
    <>
      <Crossing from={keyView.relayName} to={newApi.name} progress={0} />
      {which}
    </>
  );
  if (state.kind === 'open' && full)
    return <ChannelFull channel={{ ...channel, state }} onShort={() => onFull(false)} />;
  if (state.kind === 'open')
    return (
      <ChannelSheet
        channel={{ ...channel, state }}
        head={head}
        primary={primary}
        onFull={() => onFull(true)}
      />
    );
  return (
    <NoPlan
      title={t('channelImport.title', { name: keyView.name })}
      action={
        state.kind === 'failed' && (
          <Button ref={primary} look="primary" onClick={channel.again}>
            {t('common.retry')}
          </Button>
        )
      }
    >
      {head}
      {state.kind === 'failed' ? (
        <FailureNote failure={state.failure}>
          <AllowHost failure={state.failure} {...channel} />
        </FailureNote>
      ) : (
        <Status tone="busy" live>
          {t('channelImport.reading')}
        </Status>
      )}
    </NoPlan>
  );
}

/** The short form: all chat models are chosen, and Enter imports the plan. */
function ChannelSheet({
  channel,
  head,
  primary,
  onFull,
}: {
  channel: OpenImport;
  head: ReactNode;
  primary: RefObject<HTMLButtonElement | null>;
  onFull(): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <PlanDialog
      form="short"
      title={t('channelImport.title', { name: channel.state.opened.keyName })}
      primary={primary}
      lead={
        <Button look="quiet" className="mr-auto" onClick={onFull}>
          {t('sheet.choose')}
        </Button>
      }
      action={<ChannelButton channel={channel} primary={primary} />}
    >
      {head}
      <ChannelPlan channel={channel} />
      <ChannelFields channel={channel} />
    </PlanDialog>
  );
}
