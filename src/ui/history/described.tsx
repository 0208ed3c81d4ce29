import type { TFunction } from 'i18next';
import { foreignText } from '../../core/foreign-text';
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { HistoryItem } from '../../core/history/history';
import { formatWhen } from '../format';
import { Status, type StatusTone } from '../parts/status';

const PHASE_TONES: Record<HistoryItem['phase'], StatusTone> = {
  writing: 'busy',
  written: 'busy',
  done: 'ok',
  'not-written': 'none',
  'needs-look': 'warn',
  undone: 'none',
  'partly-written': 'warn',
  'partly-undone': 'warn',
};

/** What a write did, and where. */
export function describe(t: TFunction, item: HistoryItem): { title: string; place: string } {
  const { keyName } = item;
  if (item.about === 'batch') {
    const { action, from, each: count, providers, places } = item;
    const host = places.map(foreignText).join(t('common.listComma'));
    const [name = '', ...more] = new Set(providers.map(({ providerName }) => providerName));
    return {
      title:
        from === undefined
          ? t(`history.batch.${action}`, { count, host })
          : t('history.batch.carry', { count, host, from }),
      // One provider of that name at each.
      place:
        places.length === providers.length && more.length === 0
          ? t('history.provider', { name })
          : t('common.providers', { count: providers.length }),
    };
  }
  if (item.about === 'provider') {
    const { action, from, providerName, proxyHost: host } = item;
    const name = keyName || providerName;
    return {
      title:
        from === undefined
          ? t(`history.action.${action}`, { name, host })
          : t('history.action.carry', { name, host, from }),
      place: t('history.provider', { name: providerName }),
    };
  }
  const { newApiName, host } = item;
  const site = newApiName === host ? host : t('channelImport.place', { name: newApiName, host });
  if (item.about === 'channels')
    return { title: t(`history.channels.${item.action}`, { count: item.count }), place: site };
  const { action, channelId, channelName } = item;
  return {
    title: t(`channelImport.action.${action}`, { key: keyName, channel: channelName }),
    place: channelId === null ? site : t('channelImport.at', { id: channelId, place: site }),
  };
}

/** How a write ended. Of a channel only “written” can be said: it was read back, and KeyFerry sees no more. */
export function WriteStatus({ item }: { item: HistoryItem }): ReactNode {
  const { t, i18n } = useTranslation();
  const { phase, undoneAt } = item;
  if (phase === 'partly-written' || phase === 'partly-undone') {
    const { count, written, undone } = item;
    return <Status tone="warn">{t(`history.phase.${phase}`, { count, written, undone })}</Status>;
  }
  if ((item.about === 'provider' || item.about === 'batch') && phase === 'done') {
    const { served, total, action } = item;
    if (served !== null && total !== null)
      return (
        <Status tone={served === total ? 'ok' : 'warn'}>
          {t('card.state.servedOf', { served, count: total })}
        </Status>
      );
    if (action === 'undo') return <Quiet>{t('history.takenBack')}</Quiet>;
  }
  const time = undoneAt ? formatWhen(undoneAt, i18n.language) : '';
  const said = phase === 'undone' && item.about === 'provider' && item.oursOnly ? 'oursOnly' : phase;
  const text = t(`history.phase.${said}`, { time });
  const tone = PHASE_TONES[phase];
  return tone === 'none' ? <Quiet>{text}</Quiet> : <Status tone={tone}>{text}</Status>;
}

/** What is over and has left nothing: neither good nor bad, and not unknown. */
function Quiet({ children }: { children: string }): ReactNode {
  return (
    <span className="inline-flex items-start gap-1.5 text-xs text-ink-3">
      <Undo2 size={14} className="mt-px flex-none" aria-hidden />
      {children}
    </span>
  );
}
