import type { ReactNode } from 'react';
import type { Colour } from '../../core/connection/colours';
import type { ConnectionView } from '../../core/view/view';
import { nameOfConnection } from '../../core/view/connections';

const HUES: Record<Colour, string> = {
  blue: 'hsl(212 80% 50%)',
  green: 'hsl(150 70% 38%)',
  amber: 'hsl(38 90% 48%)',
  violet: 'hsl(272 65% 55%)',
  rose: 'hsl(340 75% 52%)',
  slate: 'hsl(215 12% 48%)',
};

/** The tint of a connection in this colour, on which ink can be read in both themes. */
export const tintOf = (colour: Colour): string =>
  `color-mix(in oklab, ${HUES[colour]} 30%, var(--color-surface))`;

/** The first character of a connection's name on its colour. Who needs words hears them from what is around it. */
export function ConnectionSign({
  connection,
}: {
  connection: Pick<ConnectionView, 'name' | 'host' | 'colour'>;
}): ReactNode {
  const [first = '·'] = [...nameOfConnection(connection)];
  return (
    <span
      aria-hidden="true"
      className="grid size-4 flex-none place-items-center rounded-full text-[10px] font-semibold text-ink"
      style={{ background: tintOf(connection.colour) }}
    >
      {first.toUpperCase()}
    </span>
  );
}
