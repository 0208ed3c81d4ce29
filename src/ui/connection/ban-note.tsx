import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { formatCountdown, formatTime } from '../format';

/** The countdown of a ban, from the server's own text. Nothing is sent while it runs. */
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
