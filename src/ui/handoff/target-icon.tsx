import { ArrowLeftRight, Cherry, Copy, ExternalLink, FileDown, Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Target, TargetId } from '../../core/handoff/targets';

const ICONS: Partial<Record<TargetId, typeof Copy>> = {
  copy: Copy,
  'cherry-studio': Cherry,
  'cc-switch': ArrowLeftRight,
  'new-api': Waypoints,
};

const KINDS: Partial<Record<Target['kind'], typeof Copy>> = { text: Copy, file: FileDown };

/**
 * The icon of a target. Most have none of their own: beside their `named` name they get that of how a key gets there, and
 * the first letters of the name where they stand alone.
 */
export function TargetIcon({
  target,
  size = 16,
  named,
}: {
  target: Target;
  size?: number;
  named?: boolean;
}): ReactNode {
  const Icon = ICONS[target.id] ?? (named ? (KINDS[target.kind] ?? ExternalLink) : undefined);
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
