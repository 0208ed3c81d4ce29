import { Laptop } from 'lucide-react';
import type { ReactNode } from 'react';
import { FerryIcon } from './icons';
import { Monogram } from './monogram';

/** From the relay, over the water, to CLIProxyAPI. The boat's place is the progress, its colour the state. */
export function Crossing({
  from,
  to,
  progress,
  tone = 'accent',
}: {
  from: string;
  to: string;
  /** 0 to 1 */
  progress: number;
  tone?: 'accent' | 'ok' | 'warn' | 'danger';
}): ReactNode {
  const color = `var(--color-${tone})`;
  const place = `${Math.round(progress * 100)}%`;
  return (
    <div className="flex items-center gap-2.5 text-xs font-medium">
      <span className="flex min-w-0 max-w-[40%] items-center gap-1.5">
        <Monogram name={from} small />
        <span className="cut">{from}</span>
      </span>
      <span className="relative h-6 min-w-16 flex-1" aria-hidden="true">
        <span className="absolute inset-x-0 top-4 border-t-2 border-dotted border-control opacity-60" />
        <span className="absolute left-0 top-4 border-t-2" style={{ width: place, borderColor: color }} />
        <span
          className="absolute -top-0.5 bg-surface transition-[left,transform] duration-[240ms] ease-out"
          style={{ left: place, color, transform: `translateX(-${place})` }}
        >
          <FerryIcon size={22} />
        </span>
      </span>
      <span className="flex min-w-0 max-w-[46%] items-center gap-1.5">
        <Laptop size={16} className="flex-none" aria-hidden />
        <span className="min-w-0 [overflow-wrap:anywhere]">{to}</span>
      </span>
    </div>
  );
}
