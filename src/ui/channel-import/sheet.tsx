import { Dialog } from '@base-ui/react/dialog';
import { useEffect, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewApiShort } from '../../core/view/view';
import { Button } from '../parts/button';
import { Crossing } from '../parts/crossing';
import { ChannelButton } from './button';
import { ChannelFields } from './fields';
import { ChannelPlan } from './plan';
import { SheetHead } from '../dialogs/sheet-head';
import type { ChannelControl, OpenChannel } from './use-channel-import';

export interface ChannelProps {
  state: OpenChannel;
  channel: ChannelControl;
  newApi: NewApiShort;
  which: ReactNode;
}

/** The short form: all chat models chosen, the plan, Enter imports. */
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
  // The dialog was there before the plan was: the focus moves on to the button that the plan brings.
  useEffect(() => primary.current?.focus(), [primary]);
  return (
    <>
      <SheetHead title={t('channelImport.title', { name: opened.keyName })} />
      <div className="flex min-h-0 flex-1 flex-col gap-2.5 overflow-y-auto px-4 pb-3 pt-1">
        <Crossing from={opened.relayName} to={newApi.name} progress={0} />
        {which}
        <ChannelPlan state={state} channel={channel} newApi={newApi} />
        <ChannelFields state={state} onEdit={channel.edit} />
      </div>
      <div className="flex flex-none flex-wrap items-center gap-2 border-t border-line px-4 py-3">
        <Button look="quiet" className="mr-auto" onClick={onFull}>
          {t('sheet.choose')}
        </Button>
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <ChannelButton state={state} channel={channel} primary={primary} />
      </div>
    </>
  );
}
