import { useId, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from '../use-translation';
import type { Candidate } from '../../core/channels/plan';
import type { ChannelDraft } from '../../core/channels/view';
import type { OpenChannel, OpenImport } from './use-channel-import';

/** The channels that could take the key, best first and with the reason for each, and a new channel. */
export function ChannelCandidates({ channel: { state, edit } }: { channel: OpenImport }): ReactNode {
  const { t } = useTranslation();
  const name = useId();
  const { planned } = state;
  const { candidates } = planned.kind === 'plan' ? planned.plan : planned.kind === 'choose' ? planned : NONE;
  if (candidates.length === 0) return null;
  const chosen = chosenOf(state);
  const option = (
    target: ChannelDraft['target'],
    id: number | null,
    title: string,
    about = '',
  ): ReactNode => (
    <label key={id} className="flex cursor-pointer items-start gap-2 py-1">
      <input
        type="radio"
        name={name}
        className="mt-0.5"
        checked={chosen === id}
        onChange={() => edit({ target })}
      />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {title}
        {about && <span className="block text-xs text-ink-3">{about}</span>}
      </span>
    </label>
  );
  return (
    <fieldset>
      <legend className="font-semibold">{t('channelImport.chooseTitle')}</legend>
      {planned.kind === 'choose' && <p className="text-ink-2">{t('channelImport.chooseLead')}</p>}
      <div className="max-h-40 overflow-y-auto">
        {candidates.map((one) => {
          const { channelId: id, name: called } = one;
          const title = t('channelImport.named', { name: called, id });
          return option({ kind: 'join', channelId: id }, id, title, aboutOf(t, one));
        })}
        {option({ kind: 'new' }, null, t('channelImport.new'))}
      </div>
    </fieldset>
  );
}

const NONE: { candidates: Candidate[] } = { candidates: [] };

/** The channel that the user chose or the plan found; null: a new one; undefined: none yet. */
function chosenOf({ draft: { target }, planned }: OpenChannel): number | null | undefined {
  if (target.kind === 'join') return target.channelId;
  if (target.kind === 'new') return null;
  return planned.kind === 'plan' ? planned.plan.channelId : undefined;
}

const aboutOf = (t: TFunction, { grade, models, state, manyKeys }: Candidate): string =>
  [
    t(`channelImport.grade.${grade}`),
    t('common.models', { count: models }),
    state !== 'on' && t(`channelImport.state.${state}`),
    manyKeys && t('channelImport.manyKeys'),
  ]
    .filter(Boolean)
    .join(t('common.listComma'));
