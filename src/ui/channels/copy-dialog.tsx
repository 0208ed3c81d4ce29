import type { TFunction } from 'i18next';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Channel } from '../../core/channels/channel';
import type { CopyView, LeftBehind } from '../../core/channels/copy';
import type { NewApiView } from '../../core/new-api/view';
import { AllowHost } from '../channel-import/allow-host';
import { NewApiSelect } from '../channel-import/new-api-select';
import { ChannelRows } from '../channel-import/rows';
import { DialogFrame } from '../dialogs/dialog-frame';
import { ABOVE_FOOT, FOOT_IN_SIGHT, FormFoot } from '../dialogs/form-foot';
import { DiffRow } from '../dialogs/plan-rows';
import type { Channels } from '../new-api/use-channels';
import { FailureNote } from '../parts/failure-text';
import { SecretField } from '../parts/field';
import { Note } from '../parts/note';
import { Status } from '../parts/status';
import { sayNames } from '../say';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import type { ChannelWork } from './use-channel-work';
import { useCopy } from './use-copy';

interface Props {
  newApi: NewApiView;
  channel: Channel;
  /** Reads the list anew, which has the copy then. */
  read: Channels['read'];
  offerUndo: ChannelWork['offerUndo'];
  onClose(): void;
}

/** Copies a channel to its own site or to another New API: its plan, the key where one is needed, and the button. */
export function CopyDialog({ newApi, channel, read, offerUndo, onClose }: Props): ReactNode {
  const { t } = useTranslation();
  const { newApis } = useView();
  const [key, setKey] = useState('');
  const copy = useCopy(newApi, channel, { read, offerUndo, onClose });
  const { target, plan, busy } = copy;
  const asked = plan?.key === 'asked';
  const place = newApis.find(({ id }) => id === target);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (plan) void copy.apply(plan, key);
  };
  return (
    <DialogFrame title={t('channels.copy.title', { name: channel.name })} onClose={onClose}>
      <form className={`flex flex-col gap-3 ${ABOVE_FOOT}`} onSubmit={submit}>
        {newApis.length > 1 && (
          <NewApiSelect label={t('channels.copy.to')} value={target} onChange={copy.aim} />
        )}
        {copy.failure && (
          <FailureNote failure={copy.failure}>
            {place && <AllowHost failure={copy.failure} newApi={place} again={copy.look} />}
          </FailureNote>
        )}
        {copy.reading && (
          <Status tone="busy" live>
            {t('channels.reading')}
          </Status>
        )}
        {copy.replanned && <Note tone="warn">{t('channelImport.replan')}</Note>}
        {plan && (
          <>
            <Plan plan={plan} />
            <SecretField
              label={t(asked ? 'channelImport.key' : 'channels.field.key')}
              help={t(`channels.copy.key.${asked ? 'asked' : 'same'}`)}
              value={key}
              onChange={({ target: field }) => setKey(field.value)}
            />
          </>
        )}
        <FormFoot
          className={FOOT_IN_SIGHT}
          note={t('channels.undoable')}
          submit={t('channels.copy.submit')}
          busy={busy}
          disabled={!plan || (asked && !key.trim())}
        />
      </form>
    </DialogFrame>
  );
}

/** What is made, that it is off, and what does not come along. */
function Plan({ plan: { changes, left, elsewhere, onAtFirst } }: { plan: CopyView }): ReactNode {
  const { t } = useTranslation();
  const missing = left.map((what) => sayLeft(t, what));
  return (
    <section aria-label={t('channels.willWrite')}>
      <ChannelRows
        changes={changes}
        after={
          <DiffRow sign="+" kind={t('channelImport.field.state')}>
            {t('channels.state.off')}
          </DiffRow>
        }
      />
      {onAtFirst && <p className="text-xs text-ink-2">{t('channels.copy.onAtFirst')}</p>}
      {missing.length > 0 && (
        <Note tone="warn" className="my-2">
          {t('channels.copy.left', { names: sayNames(t, missing) })}
        </Note>
      )}
      <p className="text-xs text-ink-2">{t(`channels.copy.rest.${elsewhere ? 'known' : 'all'}`)}</p>
    </section>
  );
}

const sayLeft = (t: TFunction, what: LeftBehind): string =>
  what === 'address' || what === 'keys' ? t(`channels.copy.part.${what}`) : t(`channelImport.field.${what}`);
