import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { lazyBehindPaint } from '../lazy-named';
import { usePage } from '../page-context';
import { Status } from '../parts/status';
import { useTranslation } from '../use-translation';
import { useView } from '../use-view';
import { sayConnection } from './state-words';

const Switcher = lazyBehindPaint(() => import('./switcher'), 'Switcher');

/** The state of the connection in a few words; a click leads to its settings, or, with several, to the others. */
export function ConnectionPill(): ReactNode {
  const { t, i18n } = useTranslation();
  const { page } = usePage();
  const { connection, others } = useView();
  const now = useNow(connection?.halted?.code === 'banned' ? SECOND : HALF_MINUTE);
  const { tone, short, text } = sayConnection(t, i18n.language, connection, now);
  if (connection && others)
    return (
      <Suspense>
        <Switcher {...{ connection, others, now }} />
      </Suspense>
    );
  const whole = connection ? t('connection.at', { state: text, host: connection.host }) : text;
  return (
    <button
      type="button"
      className="relative flex min-h-[26px] max-w-[190px] items-center rounded-full border border-line bg-surface px-2 font-medium hover:bg-hover"
      aria-label={t('connection.open', { state: whole })}
      data-tip={t('connection.tip', { state: whole })}
      onClick={() => void page.openOptions('#/cliproxyapi')}
    >
      <Status tone={tone}>
        <span className="cut block text-ink">{short}</span>
      </Status>
    </button>
  );
}

export const SECOND = 1000;
export const HALF_MINUTE = 30_000;

/** The time; it moves every so many milliseconds. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
