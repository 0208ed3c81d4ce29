import { History } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { groupBy } from '../../core/group-by';
import type { Result } from '../../core/failures/result';
import type { HistoryItem } from '../../core/history/history';
import { formatWhen } from '../format';
import { usePage } from '../page-context';
import { FailureNote } from '../parts/failure-text';
import { EmptyState, PageHead } from '../parts/page-head';
import { useViewState } from '../use-view';
import { HistoryDetails } from './details';
import { HistoryLine } from './line';

/** Every write, newest first, with what it changed and an undo. */
export function HistoryPage(): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const view = useViewState();
  const [history, setHistory] = useState<Result<HistoryItem[]> | null>(null);
  useEffect(() => {
    // The view changes with every step of an import, and so does the journal.
    if (view.kind === 'ready') void ask('history', {}).then(setHistory);
  }, [ask, view]);
  if (!history) return null;
  if (!history.ok) return <FailureNote failure={history.failure} />;
  const [newest] = history.value;
  return (
    <>
      <PageHead title={t('nav.history')} lead={t('history.lead')} />
      {newest ? <Writes items={history.value} newest={newest} /> : <NoWrites />}
    </>
  );
}

function NoWrites(): ReactNode {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<History size={20} aria-hidden />}
      title={t('history.none')}
      text={t('history.noneHelp')}
    >
      <a className="btn primary no-underline" href="#/keys">
        {t('history.goToKeys')}
      </a>
    </EmptyState>
  );
}

/** The list by days; the newest is shown until another one is chosen. */
function Writes({ items, newest }: { items: HistoryItem[]; newest: HistoryItem }): ReactNode {
  const [selected, setSelected] = useState('');
  const shown = items.find(({ id }) => id === selected) ?? newest;
  return (
    <div className="flex flex-wrap items-start gap-6">
      <div className="min-w-0 flex-1 basis-[360px]">
        {[...groupBy(items, ({ at }) => midnightBefore(at))].map(([day, list]) => (
          <section key={day} className="mb-4">
            <DayTitle day={day} />
            <ul className="panel overflow-hidden">
              {list.map((item) => (
                <HistoryLine
                  key={item.id}
                  item={item}
                  on={item.id === shown.id}
                  onSelect={() => setSelected(item.id)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <HistoryDetails key={shown.id} item={shown} />
    </div>
  );
}

const midnightBefore = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Days of 23 and 25 hours count as one. */
const daysAgo = (day: number): number =>
  Math.round((midnightBefore(Date.now()) - day) / (24 * 60 * 60 * 1000));

function DayTitle({ day }: { day: number }): ReactNode {
  const { t, i18n } = useTranslation();
  const title =
    { 0: t('history.today'), 1: t('history.yesterday') }[daysAgo(day)] ?? formatWhen(day, i18n.language);
  return <h2 className="px-1 pb-1.5 text-xs font-medium text-ink-3">{title}</h2>;
}
