import { History, Undo2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelHistoryItem } from '../../core/channels/view';
import { ok, type Result } from '../../core/result';
import type { HistoryItem } from '../../core/view/view';
import { PlanRows } from '../dialogs/plan-rows';
import { formatMoment, formatWhen } from '../format';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { useViewState } from '../use-view';
import { ChannelDetails, ChannelLine } from './channel-lines';
import { HistoryLine, PHASE_TONES } from './line';
import { EmptyState, PageHead } from '../parts/page-head';

/** Every write, newest first, with what it changed and an undo. */
export function HistoryPage(): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const view = useViewState();
  const [history, setHistory] = useState<Result<Entry[]> | null>(null);
  const [selected, setSelected] = useState('');
  useEffect(() => {
    // The view changes with every step of an import, and so does the journal.
    if (view.kind !== 'ready') return;
    void Promise.all([ask('history', {}), ask('channels.history', {})]).then(([imports, channels]) =>
      setHistory(joined(imports, channels)),
    );
  }, [ask, view]);
  if (!history) return null;
  if (!history.ok) return <FailureNote failure={history.failure} />;
  const items = history.value;
  const item = items.find(({ id }) => id === selected) ?? items[0];
  return (
    <>
      <PageHead title={t('nav.history')} lead={t('history.lead')} />
      {!item ? (
        <EmptyState
          icon={<History size={20} aria-hidden />}
          title={t('history.none')}
          text={t('history.noneHelp')}
        >
          <a className="btn primary no-underline" href="#/keys">
            {t('history.goToKeys')}
          </a>
        </EmptyState>
      ) : (
        <div className="flex flex-wrap items-start gap-6">
          <div className="min-w-0 flex-1 basis-[420px]">
            {byDay(items).map(([day, list]) => (
              <section key={day} className="mb-4">
                <DayTitle at={list[0]!.at} />
                <ul className="panel overflow-hidden">
                  {list.map((entry) => {
                    const line = { on: entry.id === item.id, onSelect: () => setSelected(entry.id) };
                    return isChannel(entry) ? (
                      <ChannelLine key={entry.id} item={entry} {...line} />
                    ) : (
                      <Line key={entry.id} item={entry} {...line} />
                    );
                  })}
                </ul>
              </section>
            ))}
          </div>
          {isChannel(item) ? <ChannelDetails item={item} /> : <Details item={item} />}
        </div>
      )}
    </>
  );
}

/** A write to CLIProxyAPI, or to a channel of a New API. */
type Entry = HistoryItem | ChannelHistoryItem;

const isChannel = (entry: Entry): entry is ChannelHistoryItem => 'channelId' in entry;

function joined(imports: Result<HistoryItem[]>, channels: Result<ChannelHistoryItem[]>): Result<Entry[]> {
  if (!imports.ok) return imports;
  if (!channels.ok) return channels;
  return ok([...imports.value, ...channels.value].toSorted((a, b) => b.at - a.at));
}

function byDay(items: Entry[]): [string, Entry[]][] {
  const days = new Map<string, Entry[]>();
  for (const item of items) {
    const day = new Date(item.at).toDateString();
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days];
}

function DayTitle({ at }: { at: number }): ReactNode {
  const { t, i18n } = useTranslation();
  const title =
    { 0: t('history.today'), 1: t('history.yesterday') }[daysAgo(at)] ?? formatWhen(at, i18n.language);
  return <h2 className="px-1 pb-1.5 text-xs font-medium text-ink-3">{title}</h2>;
}

function daysAgo(at: number): number {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(Date.now()) - midnight(at)) / (24 * 60 * 60 * 1000));
}

function Line({ item, ...line }: { item: HistoryItem; on: boolean; onSelect(): void }): ReactNode {
  const { t } = useTranslation();
  return (
    <HistoryLine
      at={item.at}
      title={t(`history.action.${item.action}`, { name: item.keyName })}
      about={t('history.into', { provider: item.providerName, host: item.proxyHost })}
      {...line}
    >
      <ItemStatus item={item} />
    </HistoryLine>
  );
}

function ItemStatus({ item }: { item: HistoryItem }): ReactNode {
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

function Details({ item }: { item: HistoryItem }): ReactNode {
  const { t, i18n } = useTranslation();
  const { imports } = usePage();
  const undoable = item.action !== 'undo' && (item.phase === 'done' || item.phase === 'needs-look');
  return (
    <aside className="panel sticky top-6 flex min-w-0 flex-1 basis-[360px] flex-col gap-3 p-5">
      <div>
        <h2 className="text-lg [overflow-wrap:anywhere]">
          {t(`history.action.${item.action}`, { name: item.keyName })}
        </h2>
        <p className="text-ink-2">
          {t('history.into', { provider: item.providerName, host: item.proxyHost })}
        </p>
      </div>
      <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-y-0.5">
        <dt className="text-ink-3">{t('history.when')}</dt>
        <dd>{formatMoment(item.at, i18n.language)}</dd>
        {item.tookMs !== null && (
          <>
            <dt className="text-ink-3">{t('history.took')}</dt>
            <dd>
              {t('history.seconds', {
                seconds: new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(
                  item.tookMs / 1000,
                ),
              })}
            </dd>
          </>
        )}
        <dt className="text-ink-3">{t('history.proof')}</dt>
        <dd>
          <ItemStatus item={item} />
        </dd>
      </dl>
      {item.changes.length > 0 && <PlanRows changes={item.changes} />}
      {undoable && (
        <Button
          look="primary"
          className="self-start"
          onClick={() => void imports.undo(item.id, item.keyName)}
        >
          <Undo2 size={16} aria-hidden />
          {t('history.undo')}
        </Button>
      )}
    </aside>
  );
}
