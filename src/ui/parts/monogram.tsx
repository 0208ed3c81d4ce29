import type { ReactNode } from 'react';

/** Stands in for a relay's icon: its first character, on a tint that depends on the name alone. */
export function Monogram({ name, small }: { name: string; small?: boolean }): ReactNode {
  const first = [...name.trim()][0]?.toUpperCase() ?? '·';
  const sum = [...name].reduce((so, char) => (so * 31 + (char.codePointAt(0) ?? 0)) % 9973, 7);
  // Steps of the golden angle lie far apart.
  const hue = (sum * 137.5) % 360;
  return (
    <span
      aria-hidden="true"
      className={`grid flex-none place-items-center font-semibold text-ink ${small ? 'size-5 rounded-[5px] text-[11px]' : 'size-7 rounded-[7px] text-xs'}`}
      style={{ background: `color-mix(in oklab, hsl(${hue} 60% 50%) 26%, var(--color-surface))` }}
    >
      {first}
    </span>
  );
}
