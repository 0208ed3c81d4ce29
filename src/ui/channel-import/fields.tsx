import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Field } from '../parts/field';
import { Disclosure } from '../dialogs/disclosure';
import { ChannelOptions } from './options';
import type { OpenImport } from './use-channel-import';

/** Name, groups, priority and tag of a new channel. A channel that is joined keeps its own. */
export function ChannelFields({ channel: { state, edit } }: { channel: OpenImport }): ReactNode {
  const { opened, draft, planned } = state;
  const { t } = useTranslation();
  if (planned.kind === 'plan' && planned.plan.channelId !== null) return null;
  const about = [draft.name, ...draft.groups].join(' · ');
  return (
    <div>
      <Disclosure title={t('dialog.more')} about={about}>
        <div className="flex flex-col gap-3">
          <Field
            label={t('channelImport.name')}
            value={draft.name}
            onChange={(event) => edit({ name: event.target.value })}
          />
          <ChannelOptions value={draft} known={opened.groups} tags={opened.tags} onEdit={edit} />
        </div>
      </Disclosure>
    </div>
  );
}
