import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChosenModel } from '../../core/aliases/alias-models';
import type { NewApiShort } from '../../core/view/view';
import { Button } from '../parts/button';
import { useMedia } from '../use-media';
import { useView } from '../use-view';
import { AliasEditor } from '../models/alias-editor';
import { AllowHost } from './allow-host';
import { ChannelButton } from './button';
import { ChannelFields } from './fields';
import { ChannelPlan } from './plan';
import type { ChannelProps } from './sheet';
import { PlanDialog } from '../dialogs/plan-dialog';
import { ManualModels } from '../models/manual-models';
import { ModelPicker } from '../models/model-picker';
import { NarrowModels } from '../models/narrow-models';
import type { ChannelControl, OpenChannel } from './use-channel-import';
import { useModelChoice } from '../models/use-model-choice';

const NO_MARKS = { pool: new Map<string, string>(), leftOut: new Map<string, string>() };

/** Models and the names that clients use, with the plan beside them; in the popup only the models. */
export function ChannelFull({
  state,
  channel,
  newApi,
  onShort,
}: ChannelProps & { onShort(): void }): ReactNode {
  const { t } = useTranslation();
  const narrow = useMedia('(max-width: 759px)');
  return (
    <PlanDialog
      form="full"
      title={t('channelImport.title', { name: state.opened.keyName })}
      aside={
        narrow ? undefined : (
          <>
            <h3>{t('dialog.plan')}</h3>
            <ChannelPlan state={state} channel={channel} newApi={newApi} />
            <ChannelFields state={state} onEdit={channel.edit} />
          </>
        )
      }
      lead={
        <Button look="quiet" className="mr-auto" onClick={onShort}>
          <ArrowLeft size={16} aria-hidden />
          {t('dialog.plan')}
        </Button>
      }
      action={<ChannelButton state={state} channel={channel} />}
    >
      <Models state={state} channel={channel} newApi={newApi} narrow={narrow} />
    </PlanDialog>
  );
}

function Models({
  state,
  channel,
  newApi,
  narrow,
}: {
  state: OpenChannel;
  channel: ChannelControl;
  newApi: NewApiShort;
  narrow: boolean;
}): ReactNode {
  const { keys } = useView();
  const {
    opened,
    draft: { models },
  } = state;
  const onModels = (chosen: ChosenModel[]): void => channel.edit({ models: chosen });
  const listed = opened.models.kind === 'listed' ? opened.models.names : null;
  const key = keys.find(({ id }) => id === opened.keyId);
  const choice = useModelChoice({
    keyId: opened.keyId,
    names: listed ?? NONE,
    models,
    onModels,
  });
  if (opened.models.kind === 'refused') {
    return (
      <ManualModels
        models={models}
        failure={opened.models.failure}
        actions={
          key && (
            <AllowHost failure={opened.models.failure} keyView={key} newApi={newApi} again={channel.again} />
          )
        }
        onModels={onModels}
        again={channel.again}
      />
    );
  }
  if (narrow) {
    return (
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <NarrowModels choice={choice} marks={NO_MARKS} />
      </div>
    );
  }
  return (
    <>
      <ModelPicker choice={choice} again={channel.again} />
      <AliasEditor choice={choice} marks={NO_MARKS} />
    </>
  );
}

const NONE: readonly string[] = [];
