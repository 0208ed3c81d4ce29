import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const LOOKS = {
  plain: { Icon: Info, look: '' },
  ok: { Icon: CircleCheck, look: 'border-ok-line bg-ok-soft [&>svg]:text-ok' },
  warn: { Icon: TriangleAlert, look: 'border-warn-line bg-warn-soft [&>svg]:text-warn' },
  danger: { Icon: CircleAlert, look: 'border-danger-line bg-danger-soft [&>svg]:text-danger' },
} as const;

/** A boxed remark; each tone has an icon of its own shape. */
export function Note({
  tone = 'plain',
  icon,
  children,
  className = '',
}: {
  tone?: keyof typeof LOOKS;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}): ReactNode {
  const { Icon, look } = LOOKS[tone];
  return (
    <div className={`note ${look} ${className}`} role={tone === 'danger' ? 'alert' : undefined}>
      {icon ?? <Icon size={16} className="flex-none" aria-hidden />}
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
