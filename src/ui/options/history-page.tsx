import { History, Undo2 } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../core/result';
import type { HistoryItem } from '../../core/view';
import { PlanRows } from '../dialogs/plan-rows';
import { formatMoment, formatTime, formatWhen } from '../format';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status, type StatusTone } from '../parts/status';
import { useViewState } from '../use-view';
import { EmptyState, PageHead } from './page-head';

/** Every write, newest first, with what it changed and an undo. */
export function HistoryPage(): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const view = useViewState();
  const [history, setHistory] = useState<Result<HistoryItem[]> | null>(null);
  const [selected, setSelected] = useState('');
  useEffect(() => {
    // The view changes with every step of an import, and so does the journal.
    if (view.kind !== 'ready') return;
    void ask('history', {}).then(setHistory);
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
                  {list.map((entry) => (
                    <Line
                      key={entry.id}
                      item={entry}
                      on={entry.id === item.id}
                      onSelect={() => setSelected(entry.id)}
                    />
                  ))}
                </ul>
              </section>
            ))}
          </div>
          <Details item={item} />
        </div>
      )}
    </>
  );
}

function byDay(items: HistoryItem[]): [string, HistoryItem[]][] {
  const days = new Map<string, HistoryItem[]>();
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

function Line({ item, on, onSelect }: { item: HistoryItem; on: boolean; onSelect(): void }): ReactNode {
  const { t, i18n } = useTranslation();
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-pressed={on}
        className={`flex w-full items-center gap-3 px-3.5 py-2.5 text-left ${on ? 'bg-accent-soft' : 'hover:bg-hover'}`}
        onClick={onSelect}
      >
        <span className="tabular-nums text-ink-2">{formatTime(item.at, i18n.language)}</span>
        <span className="min-w-0 flex-1">
          <span className="cut block font-semibold">
            {t(`history.action.${item.action}`, { name: item.keyName })}
          </span>
          <span className="cut block text-xs text-ink-2">
            {t('history.into', { provider: item.providerName, host: item.proxyHost })}
          </span>
        </span>
        <ItemStatus item={item} />
      </button>
    </li>
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
  const tones: Record<HistoryItem['phase'], StatusTone> = {
    writing: 'busy',
    written: 'busy',
    done: 'ok',
    'not-written': 'none',
    'needs-look': 'warn',
    undone: 'none',
  };
  const time = item.undoneAt ? formatWhen(item.undoneAt, i18n.language) : '';
  if (item.action === 'undo' && phase === 'done')
    return <Status tone="none">{t('history.takenBack')}</Status>;
  return <Status tone={tones[phase]}>{t(`history.phase.${phase}`, { time })}</Status>;
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
