import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from './button';
import { Status } from './status';

/** How far a work has come, in words and as a line, and the way to stop it. */
export function Progress({
  text,
  progress: { done, total },
  onStop,
}: {
  text: string;
  progress: { done: number; total: number };
  onStop(): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <Status tone="busy" live>
          {text}
        </Status>
        {/* The browser's own would be green, which here means served; the words above say the same. */}
        <span className="mt-1.5 block overflow-hidden rounded-full bg-hover" aria-hidden>
          <span
            className="block bg-accent"
            style={{ height: 4, width: `${(100 * done) / Math.max(1, total)}%` }}
          />
        </span>
      </div>
      <Button small onClick={onStop}>
        {t('channels.stop')}
      </Button>
    </div>
  );
}
