import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView, NewApiShort } from '../../core/view/view';
import { Button } from '../parts/button';
import { Crossing } from '../parts/crossing';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { AllowHost } from './allow-host';
import { ChannelFull } from './full';
import { ChannelSheet } from './sheet';
import { NoPlan } from '../dialogs/plan-dialog';
import { useChannelImport } from './use-channel-import';

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
  if (state.kind === 'open') {
    const shown = { state, channel, newApi, which };
    return full ? (
      <ChannelFull {...shown} onShort={() => onFull(false)} />
    ) : (
      <ChannelSheet {...shown} primary={primary} onFull={() => onFull(true)} />
    );
  }
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
      <Crossing from={keyView.relayName} to={newApi.name} progress={0} />
      {which}
      {state.kind === 'failed' ? (
        <FailureNote failure={state.failure}>
          <AllowHost failure={state.failure} keyView={keyView} newApi={newApi} again={channel.again} />
        </FailureNote>
      ) : (
        <Status tone="busy" live>
          {t('channelImport.reading')}
        </Status>
      )}
    </NoPlan>
  );
}
