import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChosenModel } from '../../core/aliases/alias-models';
import { Button } from '../parts/button';
import { useMedia } from '../use-window';
import { AllowHost } from './allow-host';
import { ChannelFields } from './options';
import { ChannelButton, ChannelPlan } from './plan';
import { PlanDialog } from '../dialogs/plan-dialog';
import { ManualModels } from '../models/manual-models';
import { ModelChoice } from '../models/model-choice';
import type { OpenImport } from './use-channel-import';
import { useModelChoice } from '../models/use-model-choice';

const NO_MARKS = { pool: new Map<string, string>(), leftOut: new Map<string, string>() };

/** Models and the names that clients use, with the plan beside them; in the popup only the models. */
export function ChannelFull({ channel, onShort }: { channel: OpenImport; onShort(): void }): ReactNode {
  const { t } = useTranslation();
  const narrow = useMedia('(max-width: 759px)');
  return (
    <PlanDialog
      form="full"
      title={t('channelImport.title', { name: channel.state.opened.keyName })}
      aside={
        narrow ? undefined : (
          <>
            <h3>{t('dialog.plan')}</h3>
            <ChannelPlan channel={channel} />
            <ChannelFields channel={channel} />
          </>
        )
      }
      lead={
        <Button look="quiet" className="mr-auto" onClick={onShort}>
          <ArrowLeft size={16} aria-hidden />
          {t('dialog.plan')}
        </Button>
      }
      action={<ChannelButton channel={channel} />}
    >
      <Models channel={channel} narrow={narrow} />
    </PlanDialog>
  );
}

function Models({ channel, narrow }: { channel: OpenImport; narrow: boolean }): ReactNode {
  const { state, edit, again } = channel;
  const { keyId, models: read } = state.opened;
  const { models } = state.draft;
  const onModels = (chosen: ChosenModel[]): void => edit({ models: chosen });
  const choice = useModelChoice({
    keyId,
    names: read.kind === 'listed' ? read.names : NONE,
    models,
    onModels,
  });
  if (read.kind === 'refused')
    return (
      <ManualModels
        models={models}
        failure={read.failure}
        actions={<AllowHost failure={read.failure} {...channel} />}
        onModels={onModels}
        again={again}
      />
    );
  return <ModelChoice choice={choice} marks={NO_MARKS} narrow={narrow} again={again} />;
}

const NONE: readonly string[] = [];
