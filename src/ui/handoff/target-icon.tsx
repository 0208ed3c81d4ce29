import { ArrowLeftRight, Cherry, Copy, Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Target, TargetId } from '../../core/handoff/targets';

const ICONS: Partial<Record<TargetId, typeof Copy>> = {
  copy: Copy,
  'cherry-studio': Cherry,
  'cc-switch': ArrowLeftRight,
  'new-api': Waypoints,
};

/** The icon of a target; most have none of their own, and stand as the first letters of their name. */
export function TargetIcon({ target, size = 16 }: { target: Target; size?: number }): ReactNode {
  const Icon = ICONS[target.id];
  if (Icon) return <Icon size={size} aria-hidden />;
  return (
    <span
      aria-hidden="true"
      className="grid place-items-center rounded-xs border border-current text-[9px]/none font-semibold"
      style={{ width: size, height: size }}
    >
      {target.name.slice(0, 2) || '{}'}
    </span>
  );
}
