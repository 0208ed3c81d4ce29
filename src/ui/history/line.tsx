import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { HistoryItem } from '../../core/history/history';
import { formatTime } from '../format';
import { describe, WriteStatus } from './described';

interface LineProps {
  item: HistoryItem;
  on: boolean;
  onSelect(): void;
}

/** One write in the list; its details are shown beside it. */
export function HistoryLine({ item, on, onSelect }: LineProps): ReactNode {
  const { t, i18n } = useTranslation();
  const { title, place } = describe(t, item);
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-pressed={on}
        className={`flex w-full flex-col gap-0.5 px-3.5 py-2.5 text-left ${on ? 'bg-accent-soft' : 'hover:bg-hover'}`}
        onClick={onSelect}
      >
        <span className="flex w-full items-baseline gap-3">
          <span className="min-w-0 flex-1 font-semibold [overflow-wrap:anywhere]">{title}</span>
          <span className="flex-none text-xs tabular-nums text-ink-2">
            {formatTime(item.at, i18n.language)}
          </span>
        </span>
        <span className="flex w-full flex-wrap items-start justify-between gap-x-3">
          <span className="cut text-xs text-ink-2" title={place}>
            {place}
          </span>
          <WriteStatus item={item} />
        </span>
      </button>
    </li>
  );
}
