import {
  Circle,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleX,
  LoaderCircle,
} from 'lucide-react';
import type { ReactNode } from 'react';

/** `none`: not known; `absent`: asked, and not there; `present`: there, and not proved. */
export type StatusTone = 'none' | 'absent' | 'present' | 'busy' | 'ok' | 'warn' | 'danger';

const LOOKS = {
  none: { Icon: CircleDashed, color: 'text-ink-3' },
  absent: { Icon: Circle, color: 'text-ink-3' },
  present: { Icon: CircleDot, color: 'text-ink-2' },
  busy: { Icon: LoaderCircle, color: 'text-accent' },
  ok: { Icon: CircleCheck, color: 'text-ok' },
  warn: { Icon: CircleAlert, color: 'text-warn' },
  danger: { Icon: CircleX, color: 'text-danger' },
} as const;

/** Icon, words and colour, in this order of weight; `live` says changes to screen readers. */
export function Status({
  tone,
  live,
  children,
}: {
  tone: StatusTone;
  live?: boolean;
  children: ReactNode;
}): ReactNode {
  const { Icon, color } = LOOKS[tone];
  return (
    <span
      className={`inline-flex min-w-0 items-start gap-1.5 text-xs ${color}`}
      role={live ? 'status' : undefined}
    >
      <Icon
        size={14}
        strokeWidth={2}
        className={`mt-px flex-none ${tone === 'busy' ? 'spin' : ''}`}
        aria-hidden
      />
      <span className="min-w-0">{children}</span>
    </span>
  );
}
