/** What tells connections apart at a glance, beside the first letters of their names; shades are in `ui/connection/sign`. */
export const COLOURS = ['blue', 'green', 'amber', 'violet', 'rose', 'slate'] as const;
export type Colour = (typeof COLOURS)[number];

/** The first colour that none of these has; where all are taken, the one that is taken least. */
export function freeColour(taken: readonly Colour[]): Colour {
  const times = (colour: Colour): number => taken.filter((one) => one === colour).length;
  return COLOURS.toSorted((a, b) => times(a) - times(b))[0]!;
}
