import type { TFunction } from 'i18next';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ConnectionView } from '../../core/view/view';
import { formatCountdown } from '../format';
import { usePage } from '../page-context';
import { useView } from '../use-view';
import { Status, type StatusTone } from '../parts/status';

/** The state of the connection in a few words; a click leads to its settings. */
export function ConnectionPill(): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  const { connection } = useView();
  const now = useNow(connection?.halted?.code === 'banned');
  const { tone, text } = connectionState(t, connection, now);
  return (
    <button
      type="button"
      className="flex min-h-[26px] max-w-[190px] items-center rounded-full border border-line bg-surface px-2 font-medium hover:bg-hover"
      aria-label={t('connection.open', { state: text })}
      onClick={() => void page.openOptions('#/cliproxyapi')}
    >
      <Status tone={tone}>
        <span className="cut block text-ink">{text}</span>
      </Status>
    </button>
  );
}

/** The state of the connection as tone and text; `now`, in milliseconds, for the rest of a ban. */
export function connectionState(
  t: TFunction,
  connection: ConnectionView | null,
  now: number,
): { tone: StatusTone; text: string } {
  if (!connection) return { tone: 'none', text: t('connection.none') };
  const { host, halted } = connection;
  if (!connection.hasKey) return { tone: 'warn', text: t('connection.noKey') };
  if (halted?.code === 'banned' && halted.until > now) {
    return { tone: 'danger', text: t('connection.banned', { time: formatCountdown(halted.until - now) }) };
  }
  if (halted) return { tone: 'danger', text: t('connection.halted', { host }) };
  return connection.accepted
    ? { tone: 'ok', text: host }
    : { tone: 'none', text: t('connection.saved', { host }) };
}

/** The time; it moves each second while it is watched. */
export function useNow(watched: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!watched) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [watched]);
  return now;
}
