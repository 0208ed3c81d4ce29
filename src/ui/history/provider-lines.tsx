import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ProviderHistoryItem } from '../../core/view/history';
import { PlanRows } from '../dialogs/plan-rows';
import { formatWhen } from '../format';
import { usePage } from '../page-context';
import { Status } from '../parts/status';
import { HistoryDetails } from './details';
import { HistoryLine, PHASE_TONES } from './line';

/** A write to CLIProxyAPI, as a line of the list. */
export function ProviderLine({
  item,
  ...line
}: {
  item: ProviderHistoryItem;
  on: boolean;
  onSelect(): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <HistoryLine at={item.at} title={titleOf(t, item)} about={placeOf(t, item)} {...line}>
      <ProviderStatus item={item} />
    </HistoryLine>
  );
}

function ProviderStatus({ item }: { item: ProviderHistoryItem }): ReactNode {
  const { t, i18n } = useTranslation();
  const { phase, served, total } = item;
  if (phase === 'done' && served !== null && total !== null) {
    return (
      <Status tone={served === total ? 'ok' : 'warn'}>
        {t('card.state.servedOf', { served, count: total })}
      </Status>
    );
  }
  const time = item.undoneAt ? formatWhen(item.undoneAt, i18n.language) : '';
  if (item.action === 'undo' && phase === 'done')
    return <Status tone="none">{t('history.takenBack')}</Status>;
  return <Status tone={PHASE_TONES[phase]}>{t(`history.phase.${phase}`, { time })}</Status>;
}

/** What a write changed in CLIProxyAPI, and its undo. */
export function ProviderDetails({ item }: { item: ProviderHistoryItem }): ReactNode {
  const { t, i18n } = useTranslation();
  const { imports } = usePage();
  const { id, at, action, phase, changes, keyName, tookMs } = item;
  const undoable = action !== 'undo' && (phase === 'done' || phase === 'needs-look');
  const seconds = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return (
    <HistoryDetails
      at={at}
      title={titleOf(t, item)}
      about={placeOf(t, item)}
      facts={
        tookMs === null
          ? []
          : [[t('history.took'), t('history.seconds', { seconds: seconds.format(tookMs / 1000) })]]
      }
      status={<ProviderStatus item={item} />}
      undo={undoable ? { label: t('history.undo'), run: () => imports.undo(id, keyName) } : null}
    >
      {changes.length > 0 && <PlanRows changes={changes} />}
    </HistoryDetails>
  );
}

const titleOf = (t: TFunction, { action, keyName }: ProviderHistoryItem): string =>
  t(`history.action.${action}`, { name: keyName });

const placeOf = (t: TFunction, { providerName, proxyHost }: ProviderHistoryItem): string =>
  t('history.into', { provider: providerName, host: proxyHost });
