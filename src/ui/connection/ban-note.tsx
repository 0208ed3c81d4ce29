import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { formatCountdown, formatTime } from '../format';

/** CLIProxyAPI rounds the rest of a ban to whole seconds. */
const MARGIN_MS = 1000;

/** Counts down a ban until the moment that the server's refusal named. Nothing is sent meanwhile. */
export function BanNote({
  until,
  now,
  host,
  testThen,
  onTestThen,
}: {
  until: number;
  now: number;
  host: string;
  testThen: boolean;
  onTestThen(on: boolean): void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const minutes = Math.ceil((until - now) / 60_000);
  return (
    <div className="flex flex-wrap items-start gap-5 border-b border-line p-5">
      <span className="text-[28px] font-semibold leading-8 tabular-nums text-danger" aria-hidden="true">
        {formatCountdown(until - now)}
      </span>
      <div className="min-w-0 flex-1 basis-60">
        <b role="status" key={minutes}>
          {t('cpa.blockedUntil', { host, time: formatTime(until, i18n.language) })}
        </b>
        <p className="text-ink-2">{t('cpa.blockedHelp')}</p>
        <label className="mt-1 flex min-h-7 cursor-pointer items-center gap-2">
          <input type="checkbox" checked={testThen} onChange={(event) => onTestThen(event.target.checked)} />
          {t('cpa.testThen')}
        </label>
        <p className="text-xs text-ink-3">{t('cpa.restartHint')}</p>
      </div>
    </div>
  );
}

/** Whether to test once the ban is over, and how to choose that. Outlives the note, which ends with the ban. */
export function useTestAfterBan(
  until: number | undefined,
  test: () => Promise<void>,
): [boolean, (on: boolean) => void] {
  const [wanted, setWanted] = useState(false);
  const latest = useRef(test);
  useEffect(() => {
    latest.current = test;
  }, [test]);
  useEffect(() => {
    if (!wanted || until === undefined) return;
    const begin = (): void => {
      setWanted(false);
      void latest.current();
    };
    const timer = setTimeout(begin, until - Date.now() + MARGIN_MS);
    return () => clearTimeout(timer);
  }, [wanted, until]);
  return [wanted, setWanted];
}
