import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Channel } from '../../../core/channels/channel';
import { formatOfType } from '../../../core/channels/desired-channel';
import { typeName } from '../../../core/channels/type-names';
import { foreignText } from '../../../core/foreign-text';
import { FerryIcon } from '../../parts/icons';
import { useTranslation } from '../../use-translation';
import type { Board } from '../use-board';
import { TWO_LINES } from './two-lines';

/** The name, and whose key of ours it holds; below it what it is and where it leads. */
export function Name({
  board,
  channel,
  keyName,
}: {
  board: Board;
  channel: Channel;
  keyName: string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const { id, name, baseUrl, tag, type, usedQuota, balance } = channel;
  const { view, newApi } = board;
  const format = formatOfType(type, view.site.gemini);
  const parts = [
    `#${id}`,
    format
      ? t(`channels.format.${format}`)
      : (typeName(type, newApi.family) ?? t('channels.typeNo', { type })),
    balance ? t('channels.balance', { amount: balance.amount }) : '',
    baseUrl.replace(/^https?:\/\//, ''),
    tag,
    sayKeys(t, channel),
    usedQuota === undefined ? '' : t('channels.used', { used: usedQuota }),
  ];
  const about = parts.filter(Boolean).map(foreignText).join(' · ');
  return (
    <div className="min-w-0 flex-1">
      <div className="flex items-center gap-1.5">
        <span className="cut font-semibold" title={name}>
          {name}
        </span>
        {keyName !== undefined && (
          <span title={t('channels.ofKey', { name: keyName })} className="flex flex-none text-accent">
            <FerryIcon size={14} />
            <span className="sr-only">{t('channels.ofKey', { name: keyName })}</span>
          </span>
        )}
      </div>
      <div className="text-xs text-ink-3 [overflow-wrap:anywhere]" style={TWO_LINES} title={about}>
        {about}
      </div>
    </div>
  );
}

/** How many keys a channel has, and how the site takes turns with them. */
function sayKeys(t: TFunction, { manyKeys, keys }: Channel): string {
  if (!manyKeys) return '';
  if (!keys) return t('channels.manyKeys');
  const { count, mode } = keys;
  return mode === 'polling' || mode === 'random'
    ? t(`channels.keys.${mode}`, { count })
    : t('channels.keys.plain', { count });
}
