import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

type Tone = 'plain' | 'ok' | 'warn' | 'danger';

const ICONS = { plain: Info, ok: CircleCheck, warn: TriangleAlert, danger: CircleAlert } as const;

/** A boxed remark; each tone has an icon of its own shape. */
export function Note({
  tone = 'plain',
  icon,
  children,
  className = '',
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}): ReactNode {
  const Icon = ICONS[tone];
  return (
    <div className={`note ${tone} ${className}`} role={tone === 'danger' ? 'alert' : undefined}>
      {icon ?? <Icon size={16} className="flex-none" aria-hidden />}
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
