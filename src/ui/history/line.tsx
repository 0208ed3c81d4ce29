import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { HistoryItem } from '../../core/view/view';
import { formatTime } from '../format';
import type { StatusTone } from '../parts/status';

export const PHASE_TONES: Record<HistoryItem['phase'], StatusTone> = {
  writing: 'busy',
  written: 'busy',
  done: 'ok',
  'not-written': 'none',
  'needs-look': 'warn',
  undone: 'none',
};

/** One write in the list; its details are shown beside it. */
export function HistoryLine({
  at,
  title,
  about,
  on,
  onSelect,
  children,
}: {
  at: number;
  title: string;
  about: string;
  on: boolean;
  onSelect(): void;
  /** How it ended. */
  children: ReactNode;
}): ReactNode {
  const { i18n } = useTranslation();
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-pressed={on}
        className={`flex w-full items-center gap-3 px-3.5 py-2.5 text-left ${on ? 'bg-accent-soft' : 'hover:bg-hover'}`}
        onClick={onSelect}
      >
        <span className="tabular-nums text-ink-2">{formatTime(at, i18n.language)}</span>
        <span className="min-w-0 flex-1">
          <span className="cut block font-semibold">{title}</span>
          <span className="cut block text-xs text-ink-2">{about}</span>
        </span>
        {children}
      </button>
    </li>
  );
}
