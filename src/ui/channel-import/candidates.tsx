import { useId, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from '../use-translation';
import type { Candidate } from '../../core/channels/plan';
import type { ChannelDraft } from '../../core/channels/view';
import type { OpenChannel } from './use-channel-import';

/** The channels that could take the key, best first and with the reason for each, and a new channel. */
export function ChannelCandidates({
  state: { planned, draft },
  onEdit,
}: {
  state: OpenChannel;
  onEdit(change: Partial<ChannelDraft>): void;
}): ReactNode {
  const { t } = useTranslation();
  const name = useId();
  const found =
    planned.kind === 'plan' ? planned.plan.candidates : planned.kind === 'choose' ? planned.candidates : [];
  if (found.length === 0) return null;
  const chosen = chosenOf(draft, planned);
  const option = (id: number | null, title: string, about: string): ReactNode => (
    <label key={id ?? 'new'} className="flex cursor-pointer items-start gap-2 py-1">
      <input
        type="radio"
        name={name}
        className="mt-0.5"
        checked={chosen === id}
        onChange={() => {
          const target: ChannelDraft['target'] =
            id === null ? { kind: 'new' } : { kind: 'join', channelId: id };
          onEdit({ target });
        }}
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
        {found.map((one) =>
          option(
            one.channelId,
            t('channelImport.named', { name: one.name, id: one.channelId }),
            aboutOf(t, one),
          ),
        )}
        {option(null, t('channelImport.new'), '')}
      </div>
    </fieldset>
  );
}

/** The channel that the user chose or the plan found; null: a new one; undefined: none yet. */
function chosenOf(
  { target }: OpenChannel['draft'],
  planned: OpenChannel['planned'],
): number | null | undefined {
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
